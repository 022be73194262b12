// ask/refresh-race, ask/two-instances, trap/refresh-race — https://github.com/workos/authkit-nextjs#refreshing-the-session
import type { NextRequest, NextResponse } from 'next/server';

/** How long after a refresh the old cookie still leads to the new session, in milliseconds; WorkOS' own grace is as long. */
const GRACE = 10_000;

/** For an old session cookie the new one, as soon as it is there. Whoever has the old one could have asked for the new one. */
const refreshes = new Map<string, Promise<string | undefined>>();

/**
 * Lets the first of several requests refresh a session, and gives its result to the others. A page that loads asks for many
 * things at once, all with the same cookie; refresh tokens are used once, so without this each request refreshes, and where the
 * grace period of WorkOS does not save them, a loser deletes the cookie that the winner has set.
 *
 * A failure is not shared: each of the others then tries for itself, and in an outage waits twice as long.
 *
 * It also lets the page behind the proxy see the new cookie, so that `refreshSession()` there starts from the new token.
 *
 * @param request Gets the new session cookie when there is one.
 * @param handle `authkitProxy` in the end; called a second time after a refresh, when it calls nobody.
 */
export async function withOneRefresh(
  request: NextRequest,
  handle: () => Promise<NextResponse>,
): Promise<NextResponse> {
  const name = process.env.WORKOS_COOKIE_NAME || 'wos-session';
  const old = request.cookies.get(name)?.value;
  if (!old) return handle();
  const running = refreshes.get(old);
  if (running) {
    const line = await running;
    return line ? again(request, name, [line], handle) : handle();
  }
  const first = handle();
  const refreshed = first.then(
    (response) => sessionLine(response, name),
    () => undefined,
  );
  refreshes.set(old, refreshed);
  const line = await refreshed;
  if (!line) {
    refreshes.delete(old);
    return first;
  }
  setTimeout(() => refreshes.delete(old), GRACE).unref();
  return again(request, name, (await first).headers.getSetCookie(), handle);
}

/** Handles the request as if it had come with the new cookie, and tells the browser of it. */
async function again(
  request: NextRequest,
  name: string,
  lines: string[],
  handle: () => Promise<NextResponse>,
): Promise<NextResponse> {
  const line = lines.find((candidate) => candidate.startsWith(`${name}=`)) ?? '';
  request.cookies.set(name, line.slice(name.length + 1, line.indexOf(';')));
  const response = await handle();
  const set = new Set(response.headers.getSetCookie());
  // Without keys to verify it by, the new session was renewed once more, and is used up.
  if (sessionLine(response, name)) set.add(line);
  for (const one of lines) if (!set.has(one)) response.headers.append('set-cookie', one);
  return response;
}

/** The `Set-Cookie` of a session with something in it: a deletion is no refresh. */
function sessionLine(response: NextResponse, name: string): string | undefined {
  return response.headers
    .getSetCookie()
    .find((line) => line.startsWith(`${name}=`) && !line.startsWith(`${name}=;`));
}
