// react/token-refresh, trap/on-before-auto-refresh — https://workos.com/docs/sdks/authkit-react#authkitprovider-
import { getClaims, useAuth } from '@workos-inc/authkit-react';
import { useCallback, useEffect, useRef } from 'react';

/**
 * For AuthKitProvider's `refreshBufferInterval`, in seconds: puts off the SDK's own refresh for years past the expiry, so
 * that `useAutoRefresh` decides alone. From then on take tokens from it, not from `useAuth()`.
 */
export const NO_AUTO_REFRESH = -10 * 365 * 24 * 60 * 60;

/** Seconds before its expiry from which a token is renewed. */
const BUFFER = 10;

/**
 * Renews the token only when `mayRefresh` agrees, e.g. while the person is active. This is what AuthKitProvider's
 * `onBeforeAutoRefresh` is for, which version 0.16.2 accepts and never calls. Remove this file when it does:
 * traps/provider.test.tsx fails on that day.
 *
 * @param mayRefresh Asked once a second while a refresh is due; keep it the same from render to render.
 * @returns A replacement for `getAccessToken`: renews an expired token whatever `mayRefresh` says, because somebody asks.
 */
export function useAutoRefresh(mayRefresh: () => boolean): () => Promise<string> {
  const { user, getAccessToken } = useAuth();
  const latest = useRef({ token: '', expiresAt: 0 });

  const renewWhenDue = useCallback(
    async (isAllowed: () => boolean): Promise<string> => {
      const token = await getAccessToken();
      if (token !== latest.current.token) {
        // By this machine's clock from now on: a clock that is wrong must not make every token look expired.
        const { exp, iat } = getClaims(token);
        latest.current = { token, expiresAt: Date.now() + (exp - iat) * 1000 };
      }
      const isDue = latest.current.expiresAt - BUFFER * 1000 < Date.now();
      return isDue && isAllowed() ? getAccessToken({ forceRefresh: true }) : token;
    },
    [getAccessToken],
  );

  useEffect(() => {
    if (!user) return;
    const renew = () => {
      renewWhenDue(mayRefresh).catch(() => {
        // Refused: onRefreshFailure was told. In passing: the next second tries again.
      });
    };
    renew();
    const timer = setInterval(renew, 1000);
    return () => clearInterval(timer);
  }, [user, renewWhenDue, mayRefresh]);

  return () => renewWhenDue(() => true);
}
