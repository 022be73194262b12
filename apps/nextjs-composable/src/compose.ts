// nextjs/composable-proxy — https://github.com/workos/authkit-nextjs#composing-middleware
import { authkit, handleAuthkitProxy } from '@workos-inc/authkit-nextjs';
import type { NextRequest, NextResponse } from 'next/server';
import { isAuthKitUp } from './authkit-up';
import { redirectUriFor } from './dynamic-redirect-uri';
import { askActionToSignIn, isExpiredAction } from './expired-action';
import { limitRate } from './limit-rate';
import { pageAt } from './locales';
import { localize } from './localize';
import { unavailable } from './outage';
import { rewriteTenant } from './rewrite-tenant';
import { refreshCallbacks } from './session-refresh-callbacks';

/** All pages but these take a signed-in person, in every language. */
const PUBLIC = new Set([
  '/',
  '/sign-in',
  '/callback',
  '/sign-in-failed',
  '/signed-out',
  '/unavailable',
]);

/** A rate limit before the session is read, tenants and languages after it; AuthKit's headers are on whatever is answered. */
export async function compose(request: NextRequest): Promise<NextResponse> {
  // Your own work that needs no session comes first: it costs no unsealing.
  const refused = limitRate(request);
  if (refused) return refused;

  let isOutage = false;
  const { session, headers, authorizationUrl } = await authkit(request, {
    redirectUri: redirectUriFor(request),
    ...refreshCallbacks(() => (isOutage = true)),
  });
  const { pathname } = request.nextUrl;
  const isPublic = PUBLIC.has(pageAt(pathname));
  if (isOutage) {
    if (!isPublic) return unavailable(request, headers);
    // A public page goes on without the session, but must not delete it.
    headers.delete('set-cookie');
  }
  const mustSignIn = !session.user && !isPublic;
  if ((mustSignIn || pathname === '/sign-in') && !(await isAuthKitUp())) {
    return unavailable(request, headers);
  }
  if (mustSignIn) {
    // Not NextResponse.redirect(): it would lose the verifier cookie, and the callback would refuse.
    const response = handleAuthkitProxy(request, headers, {
      redirect: authorizationUrl ?? '/sign-in',
    });
    return isExpiredAction(request, response) ? askActionToSignIn(request, response) : response;
  }
  // Your own work that needs the session; whatever it answers must carry `headers`.
  return (
    rewriteTenant(request, headers, session) ??
    localize(request, headers) ??
    handleAuthkitProxy(request, headers)
  );
}
