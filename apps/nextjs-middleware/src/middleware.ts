// nextjs/authkit-middleware — https://github.com/workos/authkit-nextjs#proxy--middleware
import { authkitMiddleware } from '@workos-inc/authkit-nextjs';

/** Pages are protected unless they are listed: a page that somebody adds tomorrow is safe by default. */
export default authkitMiddleware({
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

export const config = {
  // The default of Next.js 15 is the Edge runtime; this one builds without warnings and lets the SDK use Node.js.
  runtime: 'nodejs',
  // Everything but files that are the same for everybody.
  matcher: ['/((?!_next/static|_next/image|icon.svg|favicon.ico|robots.txt).*)'],
};
