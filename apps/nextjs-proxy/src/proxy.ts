// nextjs/authkit-proxy, nextjs/eager-auth, ask/deep-link — https://github.com/workos/authkit-nextjs#proxy--middleware
import { authkitProxy } from '@workos-inc/authkit-nextjs';
import { type NextFetchEvent, type NextRequest, NextResponse } from 'next/server';
import { withoutDamagedSession } from './damaged-session';
import { askActionToSignIn, isExpiredAction } from './expired-action';
import { withOneRefresh } from './one-refresh';
import { proxyOptions } from './proxy-options';
import { leavesForDeadAuthKit, unavailable } from './unavailable';

const keepSession = authkitProxy(proxyOptions());
// nextjs/eager-auth: for a moment scripts can read the token, so only where a page needs that.
const keepSessionEagerly = authkitProxy({ ...proxyOptions(), eagerAuth: true });

export default async function proxy(request: NextRequest, event: NextFetchEvent) {
  const isEager = request.nextUrl.pathname === '/eager-auth';
  const handle = async () => {
    const handled = await (isEager ? keepSessionEagerly : keepSession)(request, event);
    // Its type allows no response, as Next.js does; there always is one.
    return (handled ?? NextResponse.next()) as NextResponse;
  };
  const response = await withoutDamagedSession(request, () => withOneRefresh(request, handle));
  if (await leavesForDeadAuthKit(request, response)) return unavailable(request);
  return isExpiredAction(request, response) ? askActionToSignIn(request, response) : response;
}

/** Everything but files that are the same for everybody. */
export const config = {
  matcher: ['/((?!_next/static|_next/image|icon.svg|favicon.ico|robots.txt).*)'],
};
