import { useAuth } from '@workos-inc/authkit-react';
import { Link } from 'react-router';
import { SessionUnknown, useIsSignedOut } from '../patterns/protected-routes';
import { useSignOut } from '../patterns/sign-out';

/** A question, not an action: a link that signs people out could be put on any page of the web. */
export function LogoutPage() {
  const { isLoading, user } = useAuth();
  const isSignedOut = useIsSignedOut();
  const signOut = useSignOut();
  if (isLoading) return <output>Looking for your session…</output>;
  if (user) {
    return (
      <>
        <h1>Sign out?</h1>
        <button type="button" className="button primary" onClick={signOut}>
          Sign out
        </button>
      </>
    );
  }
  if (isSignedOut) {
    return (
      <>
        <h1>You are signed out</h1>
        <Link to="/">Go to the start page</Link>
      </>
    );
  }
  return (
    <output>
      <SessionUnknown />
    </output>
  );
}
