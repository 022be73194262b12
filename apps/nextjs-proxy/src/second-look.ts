// trap/html-5xx-signs-out — https://github.com/workos/authkit-nextjs#session-refresh-callbacks
import { getWorkOS } from '@workos-inc/authkit-nextjs';
import type { NextRequest, NextResponse } from 'next/server';

/** How long WorkOS may take to say that it is there, in milliseconds. */
const PATIENCE = 2_000;

/**
 * Looks twice before a session ends. The SDK takes an HTML error page of a gateway for WorkOS' own word that the session is
 * over, and deletes the cookie, on public pages too. So WorkOS is asked whether it answers at all: if not, the cookie stays
 * for a later try; if so, the refresh is tried once more, and a session that is over is over then.
 *
 * Where the app calls `authkit()` itself, `onSessionRefreshError` is given the error and there is nothing to ask:
 * `authkitProxy()` has no such option.
 *
 * @param handle `authkitProxy` in the end; called a second time after a deletion.
 */
export async function withSecondLook(
  request: NextRequest,
  handle: () => Promise<NextResponse>,
): Promise<NextResponse> {
  const name = process.env.WORKOS_COOKIE_NAME || 'wos-session';
  const response = await handle();
  const lines = response.headers.getSetCookie();
  const kept = lines.filter((line) => !line.startsWith(`${name}=;`));
  if (!request.cookies.has(name) || kept.length === lines.length) return response;
  if (await answersRefreshes()) return handle();
  response.headers.delete('set-cookie');
  for (const line of kept) response.headers.append('set-cookie', line);
  return response;
}

/** Asks for a refresh that must fail: where refreshes work, it is refused in JSON. */
async function answersRefreshes(): Promise<boolean> {
  try {
    const { status, headers } = await fetch(`${getWorkOS().baseURL}/user_management/authenticate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      // All that the SDK sends, so that this fails where a refresh fails.
      body: JSON.stringify({
        client_id: process.env.WORKOS_CLIENT_ID,
        client_secret: process.env.WORKOS_API_KEY,
        grant_type: 'refresh_token',
        refresh_token: 'a-second-look',
      }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    const isJson = headers.get('content-type')?.includes('json') ?? false;
    return isJson && status < 500 && status !== 429;
  } catch {
    return false;
  }
}
