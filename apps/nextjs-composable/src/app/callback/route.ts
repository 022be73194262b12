// nextjs/dynamic-redirect-uri, ask/docker-host — https://github.com/workos/authkit-nextjs#callback-route
import { handleAuth } from '@workos-inc/authkit-nextjs';
import { type NextRequest, NextResponse } from 'next/server';
import { redirectUriFor } from '../../dynamic-redirect-uri';

export function GET(request: NextRequest): Promise<Response> {
  // Not request.url: `next start` builds it from the server's own name, so a person on another allowed host would leave it.
  const baseURL = redirectUriFor(request);
  const finish = handleAuth({
    returnPathname: '/account',
    baseURL,
    // The words for each reason, and why none of the request is in the address: see nextjs-proxy.
    onError: () => {
      const isCancelled = request.nextUrl.searchParams.get('error') === 'access_denied';
      const path = `/sign-in-failed${isCancelled ? '?reason=access_denied' : ''}`;
      return NextResponse.redirect(new URL(path, baseURL), 303);
    },
  });
  return finish(request);
}
