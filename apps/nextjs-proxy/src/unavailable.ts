// trap/api-down-blocks — https://github.com/workos/authkit-nextjs#session-refresh-callbacks
import { NextResponse, type NextRequest } from 'next/server';
import { isAuthKitUp } from './authkit-up';

/**
 * Whether a browser is about to be sent to a sign-in page that will not answer. Two cases: WorkOS does not answer at all, or
 * only the refresh failed in passing (a 429, a 5xx, a timeout), in which case the SDK keeps the session cookie and the
 * person need not sign in again, only try again.
 *
 * @param request What the browser asked for.
 * @param response What `authkitProxy` wants to answer.
 * @see https://github.com/workos/authkit-nextjs#session-refresh-callbacks
 */
export async function leavesForDeadAuthKit(
  request: NextRequest,
  response: Response,
): Promise<boolean> {
  const startsSignIn = /\/sign-(in|up)$/.test(request.nextUrl.pathname);
  if (!startsSignIn && !response.headers.has('location')) return false;
  const name = process.env.WORKOS_COOKIE_NAME || 'wos-session';
  const hadSession = !startsSignIn && request.cookies.has(name);
  const deletesIt = response.headers.getSetCookie().some((line) => line.startsWith(`${name}=`));
  return (hadSession && !deletesIt) || !(await isAuthKitUp());
}

/**
 * The page that says so, at the address that was asked for, so that reloading is trying again.
 *
 * @param response What `authkitProxy` wants to answer: a session that it has refreshed on the way is kept, because its old refresh
 *   token is spent.
 * @returns 503 with Retry-After in seconds. To a server action it is plain text, which Next.js hands to the error boundary: the
 *   page does not have the action, and Next.js would look for it elsewhere, through this proxy again.
 */
export function unavailable(request: NextRequest, response: Response): NextResponse {
  const headers = new Headers({ 'cache-control': 'no-store', 'retry-after': '5' });
  const name = process.env.WORKOS_COOKIE_NAME || 'wos-session';
  for (const line of response.headers.getSetCookie()) {
    const keepsSession = line.startsWith(`${name}=`) && !line.startsWith(`${name}=;`);
    if (keepsSession) headers.append('set-cookie', line);
  }
  if (request.method === 'POST') {
    headers.set('content-type', 'text/plain');
    const words = 'WorkOS does not answer. Try again in a moment.';
    return new NextResponse(words, { status: 503, headers });
  }
  return NextResponse.rewrite(new URL('/unavailable', request.url), { status: 503, headers });
}
