import {
  type NextFetchEvent,
  type NextMiddleware,
  type NextRequest,
  NextResponse,
} from 'next/server';
import { withoutDamagedSession } from './damaged-session';
import { askActionToSignIn, isExpiredAction } from './expired-action';
import { keepFewVerifiers } from './few-verifiers';
import { withOneRefresh } from './one-refresh';
import { withSecondLook } from './second-look';
import { limitTime } from './time-limit';
import { leavesForDeadAuthKit, unavailable } from './unavailable';

limitTime();

/**
 * Adds to `authkitProxy()` what it leaves to the app for when things go wrong. The app works without; each part is a file of
 * its own that can be left out:
 *
 * - damaged-session.ts: a session cookie that cannot be read is no session, instead of an error on every page;
 * - one-refresh.ts: of many requests at expiry one refreshes the session, so that none deletes what another has set;
 * - second-look.ts: a gateway's error page at refresh is not the end of the session;
 * - unavailable.ts: while WorkOS does not answer, a page that says so, and nobody is signed out;
 * - time-limit.ts: a WorkOS that accepts connections and stays silent does not answer, either;
 * - few-verifiers.ts: sign-ins that were begun and not finished do not fill the browser with cookies;
 * - expired-action.ts: a server action after the session has ended asks to sign in, instead of failing in the console.
 */
export function hardened(
  keepSession: NextMiddleware,
): (request: NextRequest, event: NextFetchEvent) => Promise<NextResponse> {
  return async (request, event) => {
    // The type allows no response, as Next.js does; there always is one.
    const handle = async () =>
      ((await keepSession(request, event)) ?? NextResponse.next()) as NextResponse;
    const response = await withoutDamagedSession(request, () =>
      withOneRefresh(request, () => withSecondLook(request, handle)),
    );
    keepFewVerifiers(request, response);
    if (await leavesForDeadAuthKit(request, response)) return unavailable(request, response);
    return isExpiredAction(request, response) ? askActionToSignIn(request, response) : response;
  };
}
