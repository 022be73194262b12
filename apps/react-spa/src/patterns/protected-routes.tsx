// react/protected-routes — https://workos.com/docs/sdks/authkit-react#useauth
import { useAuth } from '@workos-inc/authkit-react';
import { useEffect, useState } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { needsSignIn } from '../auth-errors';
import { useSignIn } from '../auth-provider';
import { signInPath } from '../return-path';
import { hasSessionHint } from '../session-hint';
import { apiOrigin } from '../settings';

/**
 * A layout route around the pages that need a person: `<Route element={<RequireUser />}>`. It decides what is shown, not
 * what is allowed: whatever is private comes from an API that checks the access token.
 */
export function RequireUser() {
  const { isLoading, user } = useAuth();
  const { pathname, search, hash } = useLocation();
  const isSignedOut = useIsSignedOut();

  // Not known yet is not the same as nobody: to decide here sends signed-in people away at every reload.
  if (isLoading) return <output>Looking for your session…</output>;
  // Another person at the next refresh (they signed in, in another tab) finds nothing of the first in the pages' state.
  if (user) return <Outlet key={user.id} />;
  if (isSignedOut) return <Navigate to={signInPath(pathname + search + hash)} replace />;
  return (
    <output>
      <SessionUnknown />
    </output>
  );
}

/** What to say where `user` is null and `useIsSignedOut()` is false: somebody may be there. */
export function SessionUnknown() {
  const { settings } = useSignIn();
  return (
    <>
      Your session cannot be renewed just now: <code>{apiOrigin(settings)}</code> does not answer.
      This page goes on by itself as soon as it does.
    </>
  );
}

/** How long to wait before a session is looked for again, in milliseconds. */
const RETRY_INTERVAL = 1000;

/**
 * Whether there is nobody. After a load during an outage `user` is null although the session lives. The SDK goes on trying,
 * but not in a tab that has waited ten seconds in vain for its turn beside others: so it is asked until it gives the person,
 * or says that they have to sign in.
 */
export function useIsSignedOut(): boolean {
  const { isLoading, user, getAccessToken } = useAuth();
  const { settings } = useSignIn();
  const [isSignedOut, setIsSignedOut] = useState(false);
  useEffect(() => {
    if (isLoading || user) return;
    let isCancelled = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const find = async () => {
      let isOver = true;
      if (hasSessionHint(settings)) {
        isOver = needsSignIn(await getAccessToken().catch((reason: unknown) => reason));
      }
      if (isCancelled) return;
      if (isOver) setIsSignedOut(true);
      else timer = setTimeout(() => void find(), RETRY_INTERVAL);
    };
    void find();
    return () => {
      isCancelled = true;
      clearTimeout(timer);
    };
  }, [isLoading, user, getAccessToken, settings]);
  // A stranger is known at once, before anything is asked.
  return isSignedOut || (!isLoading && !user && !hasSessionHint(settings));
}
