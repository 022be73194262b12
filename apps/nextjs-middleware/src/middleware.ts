// nextjs/authkit-middleware — https://github.com/workos/authkit-nextjs#proxy--middleware
import { authkitMiddleware } from '@workos-inc/authkit-nextjs';
import { type NextFetchEvent, type NextRequest, NextResponse } from 'next/server';
import { withoutDamagedSession } from './damaged-session';
import { keepFewVerifiers } from './few-verifiers';

/** Pages are protected unless they are listed: a page that somebody adds tomorrow is safe by default. */
const keepSession = authkitMiddleware({
  middlewareAuth: {
    enabled: true,
    unauthenticatedPaths: [
      '/',
      '/sign-in',
      '/sign-up',
      '/callback',
      '/sign-in-failed',
      '/signed-out',
    ],
  },
});

export default async function middleware(request: NextRequest, event: NextFetchEvent) {
  // The type allows no response, as Next.js does; there always is one.
  const handle = async () =>
    ((await keepSession(request, event)) ?? NextResponse.next()) as NextResponse;
  const response = await withoutDamagedSession(request, handle);
  keepFewVerifiers(request, response);
  return response;
}

export const config = {
  // The default of Next.js 15 is the Edge runtime; this one builds without warnings and lets the SDK use Node.js.
  runtime: 'nodejs',
  // Everything but files that are the same for everybody.
  matcher: ['/((?!_next/static|_next/image|icon\\.svg$|favicon\\.ico$|robots\\.txt$).*)'],
};
