import type { NextRequest } from 'next/server';
import { compose } from './compose';
import { withoutDamagedSession } from './damaged-session';

/** What the proxy does is in compose.ts. A session cookie that cannot be read is no session, instead of an error on every page. */
export default function proxy(request: NextRequest) {
  return withoutDamagedSession(request, () => compose(request));
}

export const config = {
  matcher: ['/((?!_next/static|_next/image|icon.svg|favicon.ico|robots.txt).*)'],
};
