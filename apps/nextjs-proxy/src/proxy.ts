// nextjs/authkit-proxy, nextjs/eager-auth, ask/deep-link — https://github.com/workos/authkit-nextjs#proxy--middleware
import { authkitProxy } from '@workos-inc/authkit-nextjs';
import type { NextFetchEvent, NextRequest } from 'next/server';
import { hardened } from './hardened';
import { proxyOptions } from './proxy-options';

const keepSession = hardened(authkitProxy(proxyOptions()));
// nextjs/eager-auth: for a moment scripts can read the token, so only where a page needs that.
const keepSessionEagerly = hardened(authkitProxy({ ...proxyOptions(), eagerAuth: true }));

export default function proxy(request: NextRequest, event: NextFetchEvent) {
  const isEager = request.nextUrl.pathname === '/eager-auth';
  return (isEager ? keepSessionEagerly : keepSession)(request, event);
}

/** Everything but files that are the same for everybody. */
export const config = {
  matcher: ['/((?!_next/static|_next/image|icon\\.svg$|favicon\\.ico$|robots\\.txt$).*)'],
};
