// ask/server-actions-expired — https://github.com/workos/authkit-nextjs#proxy--middleware-auth
import { NextResponse, type NextRequest } from 'next/server';

/** Whether a server action of a page that is still open was called after the session ended. */
export function isExpiredAction(request: NextRequest, response: NextResponse): boolean {
  return (
    request.method === 'POST' &&
    request.headers.has('next-action') &&
    response.headers.has('location')
  );
}

/**
 * Tells the page to go to the sign-in route and to come back. The SDK's redirect goes to another origin, where the `fetch` that
 * calls an action cannot follow: the person would see nothing and the console a CORS error.
 *
 * @returns What Next.js answers when an action itself redirects; `e2e/asks.spec.ts` notices when that changes.
 */
export function askActionToSignIn(request: NextRequest, response: NextResponse): NextResponse {
  const { pathname, search } = request.nextUrl;
  const target = `/sign-in?returnTo=${encodeURIComponent(pathname + search)}`;
  const answer = new NextResponse(null, { status: 200 });
  answer.headers.set('x-action-redirect', `${target};push`);
  answer.headers.set('cache-control', 'no-store');
  for (const line of response.headers.getSetCookie()) answer.headers.append('set-cookie', line);
  return answer;
}
