// react/use-auth — https://workos.com/docs/sdks/authkit-react#signout-options
import { AuthKitError, useAuth } from '@workos-inc/authkit-react';
import { useSignIn } from '../auth-provider';
import { announceSignOut } from '../sign-out-everywhere';

/**
 * Signs out: at WorkOS, here, and on the screens of all other tabs.
 *
 * @returns A function that leaves the page for WorkOS, which sends the person back to the start page. That address must be
 *   among the sign-out redirects of the dashboard.
 */
export function useSignOut(): () => void {
  const { signOut } = useAuth();
  const { settings } = useSignIn();
  return () => {
    try {
      signOut({ returnTo: `${window.location.origin}/` });
    } catch (error) {
      // There was no session to end (NoSessionError, which authkit-react does not export).
      if (!(error instanceof AuthKitError)) throw error;
      window.location.assign('/');
    }
    announceSignOut(settings.clientId);
  };
}

/**
 * Signs out without leaving the page. The SDK would go on showing the person (trap/user-after-refresh-failure), so AuthProvider
 * is told to take them off this screen as well. Prefer `useSignOut`: nobody learns here whether WorkOS has ended the session,
 * and during an outage its cookie lives on, so that a reload signs in again.
 */
export function useSignOutInPlace(): () => Promise<void> {
  const { signOut } = useAuth();
  const { settings } = useSignIn();
  return async () => {
    try {
      await signOut({ navigate: false });
    } catch (error) {
      if (!(error instanceof AuthKitError)) throw error;
    }
    announceSignOut(settings.clientId);
  };
}
