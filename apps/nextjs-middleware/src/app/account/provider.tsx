'use client';

// From a client component, whose import is cut down to what it names. A server component that imports the provider itself puts all
// server actions of version 3 within reach of every browser, and its `getOrganizationAction` answers about anybody's organization
// to whoever is signed in. Version 4 asks who they are.
export { AuthKitProvider } from '@workos-inc/authkit-nextjs/components';
