// nextjs/dynamic-redirect-uri, ask/deep-link, ask/docker-host — https://github.com/workos/authkit-nextjs#callback-route
import { handleAuth } from '@workos-inc/authkit-nextjs';
import { type NextRequest, NextResponse } from 'next/server';
import { redirectUriFor } from '../../dynamic-redirect-uri';
import { failureReason } from './failure-reason';
import { requireStorableSession } from './session-size';
import { wantedPage } from './wanted-page';

export function GET(request: NextRequest): Promise<Response> {
  // Not request.url: `next start` builds it from the server's own name, so a person on another allowed host would leave it.
  const baseURL = redirectUriFor(request);
  const finish = handleAuth({
    returnPathname: '/account',
    baseURL,
    // Runs before the browser is sent on: what it throws keeps the session from the browser.
    onSuccess: requireStorableSession,
    onError: async ({ error }) => {
      const url = new URL('/sign-in-failed', baseURL);
      url.searchParams.set('reason', failureReason(error, request.nextUrl.searchParams));
      const page = await wantedPage(request);
      if (page) url.searchParams.set('returnTo', page);
      return NextResponse.redirect(url, 303);
    },
  });
  return finish(request);
}
