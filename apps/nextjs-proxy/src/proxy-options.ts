// nextjs/proxy-auth, nextjs/proactive-refresh, trap/short-tokens — https://github.com/workos/authkit-nextjs#proxy--middleware-auth
import type { AuthkitMiddlewareOptions } from '@workos-inc/authkit-nextjs';

/**
 * Pages are protected unless they are listed: a page that somebody adds tomorrow is safe by default.
 *
 * @returns Options for `authkitProxy`. New ones each time: the SDK adds the callback to the list that it is given.
 */
export function proxyOptions(): AuthkitMiddlewareOptions {
  return {
    middlewareAuth: {
      enabled: true,
      // Patterns of path-to-regexp, each for a whole path: '/docs' is not '/docs/a'.
      unauthenticatedPaths: [
        '/',
        '/sign-in',
        '/sign-up',
        '/:pattern/sign-in',
        '/:pattern/sign-up',
        '/callback',
        '/sign-in-failed',
        '/signed-out',
        '/unavailable',
        '/handle-auth',
        '/sign-in-endpoint',
        '/pkce-always-on',
        '/save-session',
        // Routes that answer programs say 401 themselves; a program cannot follow a redirect to a sign-in page.
        '/api/:path*',
      ],
    },
    // Who comes here signed out is new: AuthKit shows the sign-up form first.
    signUpPaths: ['/create-organization-on-sign-up'],
    // nextjs/proactive-refresh: a token that a page is rendered with lives this many seconds longer, for the APIs that the
    // page calls. Keep it well below the tokens' life, or every request refreshes.
    refreshBufferSeconds: 60,
  };
}
