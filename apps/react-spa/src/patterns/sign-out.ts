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
