import type { NextRequest } from 'next/server';
import { compose } from './compose';
import { withoutDamagedSession } from './damaged-session';
import { withOneRefresh } from './one-refresh';
import { limitTime } from './time-limit';

limitTime();

/**
 * What the proxy does is in compose.ts; the three around it can be left out. A session cookie that cannot be read is no session,
 * instead of an error on every page; of many requests at expiry one refreshes the session; and a WorkOS that stays silent does
 * not hold up pages for minutes.
 */
export default function proxy(request: NextRequest) {
  return withoutDamagedSession(request, () => withOneRefresh(request, () => compose(request)));
}

export const config = {
  matcher: ['/((?!_next/static|_next/image|icon\\.svg$|favicon\\.ico$|robots\\.txt$).*)'],
};
