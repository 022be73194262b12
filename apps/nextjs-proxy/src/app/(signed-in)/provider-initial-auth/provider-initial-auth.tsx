// nextjs/provider-initial-auth — https://github.com/workos/authkit-nextjs#optimizing-with-server-side-auth-data
import { withAuth } from '@workos-inc/authkit-nextjs';
import { AuthKitProvider } from '@workos-inc/authkit-nextjs/components';
import type { ReactNode } from 'react';
import { FollowServer } from './follow-server';

/**
 * Gives client components the session that the server knows already. The access token stays behind: what a server component
 * hands to a client component is written into the page.
 */
export async function ProviderInitialAuth({ children }: { children: ReactNode }) {
  const { accessToken: _, ...initialAuth } = await withAuth();
  const { organizationId, role } = initialAuth;
  return (
    <AuthKitProvider initialAuth={initialAuth}>
      <FollowServer organizationId={organizationId} role={role} />
      {children}
    </AuthKitProvider>
  );
}
