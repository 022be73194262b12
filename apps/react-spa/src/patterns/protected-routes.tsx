// react/protected-routes — https://workos.com/docs/sdks/authkit-react#useauth
import { useAuth } from '@workos-inc/authkit-react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { signInPath } from '../return-path';

/**
 * A layout route around the pages that need a person: `<Route element={<RequireUser />}>`. It decides what is shown, not
 * what is allowed: whatever is private comes from an API that checks the access token.
 */
export function RequireUser() {
  const { isLoading, user } = useAuth();
  const { pathname, search, hash } = useLocation();

  // Not known yet is not the same as nobody: to decide here sends signed-in people away at every reload.
  if (isLoading) return <output>Looking for your session…</output>;
  if (!user) return <Navigate to={signInPath(pathname + search + hash)} replace />;
  // Another person at the next refresh (they signed in, in another tab) finds nothing of the first in the pages' state.
  return <Outlet key={user.id} />;
}
