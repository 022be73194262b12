import { withAuth } from '@workos-inc/authkit-nextjs';
import type { ReactNode } from 'react';
import { signOutAction } from '../sign-out/sign-out';
import { AuthKitProvider } from './provider';

/** The part of the app for people who are signed in: client components know them from the first paint on. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  // The token stays on the server: what is handed to a client component is in the page's HTML.
  const { accessToken: _, ...initialAuth } = await withAuth({ ensureSignedIn: true });
  const { user } = initialAuth;
  return (
    <AuthKitProvider initialAuth={initialAuth}>
      <form action={signOutAction} className="session">
        <span>
          Signed in as <b>{[user.firstName, user.lastName].filter(Boolean).join(' ')}</b>
        </span>
        <button className="plain">Sign out</button>
      </form>
      {children}
    </AuthKitProvider>
  );
}
