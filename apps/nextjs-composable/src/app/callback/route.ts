// nextjs/dynamic-redirect-uri, ask/docker-host — https://github.com/workos/authkit-nextjs#callback-route
import { handleAuth } from '@workos-inc/authkit-nextjs';
import { type NextRequest, NextResponse } from 'next/server';
import { redirectUriFor } from '../../dynamic-redirect-uri';
import { failureReason } from './failure-reason';

export function GET(request: NextRequest): Promise<Response> {
  // Not request.url: `next start` builds it from the server's own name, so a person on another allowed host would leave it.
  const baseURL = redirectUriFor(request);
  const finish = handleAuth({
    returnPathname: '/account',
    baseURL,
    onError: ({ error }) => {
      const page = new URL('/sign-in-failed', baseURL);
      page.searchParams.set('reason', failureReason(error, request.nextUrl.searchParams));
      return NextResponse.redirect(page, 303);
    },
  });
  return finish(request);
}
