import type { NextRequest } from 'next/server';
import { compose } from './compose';
import { withoutDamagedSession } from './damaged-session';
import { keepFewVerifiers } from './few-verifiers';
import { withOneRefresh } from './one-refresh';
import { limitTime } from './time-limit';

limitTime();

/**
 * What the proxy does is in compose.ts; the four around it can be left out. A session cookie that cannot be read is no session,
 * instead of an error on every page; of many requests at expiry one refreshes the session; sign-ins that were begun and not
 * finished do not fill the browser with cookies; and a WorkOS that stays silent does not hold up pages for minutes.
 */
export default async function proxy(request: NextRequest) {
  const response = await withoutDamagedSession(request, () =>
    withOneRefresh(request, () => compose(request)),
  );
  keepFewVerifiers(request, response);
  return response;
}

export const config = {
  matcher: ['/((?!_next/static|_next/image|icon\\.svg$|favicon\\.ico$|robots\\.txt$).*)'],
};
