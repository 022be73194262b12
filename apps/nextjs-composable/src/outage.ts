// trap/api-down-blocks, trap/html-5xx-signs-out — https://github.com/workos/authkit-nextjs#session-refresh-callbacks
import { partitionAuthkitHeaders } from '@workos-inc/authkit-nextjs';
import { type NextRequest, NextResponse } from 'next/server';

/**
 * The page that says so, at the address that was asked for: reloading is trying again, and no return path is needed.
 *
 * @param headers What `authkit()` returned. A session that was renewed on the way goes to the browser: the old one is used up. A
 *   deletion does not, so the session stays.
 * @returns 503 with Retry-After in seconds. To a server action it is plain text, which Next.js hands to the error boundary;
 *   that page does not have the action, and Next.js would say that there is none.
 */
export function unavailable(request: NextRequest, headers: Headers): NextResponse {
  const answer = {
    status: 503,
    headers: new Headers({ 'cache-control': 'no-store', 'retry-after': '5' }),
  };
  const name = process.env.WORKOS_COOKIE_NAME || 'wos-session';
  for (const line of headers.getSetCookie()) {
    const isRenewed = line.startsWith(`${name}=`) && !line.startsWith(`${name}=;`);
    if (isRenewed) answer.headers.append('set-cookie', line);
  }
  if (request.method === 'POST') {
    answer.headers.set('content-type', 'text/plain');
    return new NextResponse('WorkOS does not answer. Try again in a moment.', answer);
  }
  const { requestHeaders } = partitionAuthkitHeaders(request, headers);
  return NextResponse.rewrite(new URL('/unavailable', request.url), {
    ...answer,
    request: { headers: requestHeaders },
  });
}
