// nextjs/composable-proxy — https://github.com/workos/authkit-nextjs#composing-middleware
import { authkit, handleAuthkitProxy } from '@workos-inc/authkit-nextjs';
import type { NextRequest, NextResponse } from 'next/server';
import { redirectUriFor } from './dynamic-redirect-uri';
import { limitRate } from './limit-rate';
import { rewriteTenant } from './rewrite-tenant';
import { refreshCallbacks } from './session-refresh-callbacks';

/** Everything but these takes a signed-in person. */
const PUBLIC = new Set(['/', '/sign-in', '/callback', '/sign-in-failed', '/signed-out']);

/** A rate limit before the session is read, tenants after it; AuthKit's headers are on whatever is answered. */
export async function compose(request: NextRequest): Promise<NextResponse> {
  // Your own work that needs no session comes first: it costs no unsealing.
  const refused = limitRate(request);
  if (refused) return refused;

  const { session, headers, authorizationUrl } = await authkit(request, {
    redirectUri: redirectUriFor(request),
    ...refreshCallbacks,
  });
  if (!session.user && authorizationUrl && !PUBLIC.has(request.nextUrl.pathname)) {
    // Not NextResponse.redirect(): it would lose the verifier cookie, and the callback would refuse.
    return handleAuthkitProxy(request, headers, { redirect: authorizationUrl });
  }
  // Your own work that needs the session; whatever it answers must carry `headers`.
  return rewriteTenant(request, headers, session) ?? handleAuthkitProxy(request, headers);
}
