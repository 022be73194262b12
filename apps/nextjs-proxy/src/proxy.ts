// nextjs/authkit-proxy — https://github.com/workos/authkit-nextjs#proxy--middleware
import { authkitProxy } from '@workos-inc/authkit-nextjs';
import { type NextFetchEvent, type NextRequest, NextResponse } from 'next/server';
import { withoutDamagedSession } from './damaged-session';
import { leavesForDeadAuthKit, unavailable } from './unavailable';

/** Pages are protected unless they are listed: a page that somebody adds tomorrow is safe by default. */
const keepSession = authkitProxy({
  middlewareAuth: {
    enabled: true,
    unauthenticatedPaths: [
      '/',
      '/sign-in',
      '/sign-up',
      '/callback',
      '/sign-in-failed',
      '/signed-out',
      '/unavailable',
      '/handle-auth',
      '/sign-in-endpoint',
      '/pkce-always-on',
      // Routes that answer programs say 401 themselves; a program cannot follow a redirect to a sign-in page.
      '/api/:path*',
    ],
  },
});

export default async function proxy(request: NextRequest, event: NextFetchEvent) {
  const response = await withoutDamagedSession(request, async () => {
    // Its type allows no response, as Next.js does; there always is one.
    return ((await keepSession(request, event)) ?? NextResponse.next()) as NextResponse;
  });
  return (await leavesForDeadAuthKit(request, response)) ? unavailable(request) : response;
}

/** Everything but files that are the same for everybody. */
export const config = {
  matcher: ['/((?!_next/static|_next/image|icon.svg|favicon.ico|robots.txt).*)'],
};
