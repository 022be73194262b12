// trap/api-down-blocks — https://github.com/workos/authkit-nextjs#session-refresh-callbacks
import { getGlobalDispatcher, setGlobalDispatcher } from 'undici';

/**
 * How long WorkOS may take to answer one attempt, in milliseconds. The one after it comes within the ten seconds in which WorkOS
 * takes a used refresh token again: an answer that was lost on its way ends no session.
 */
const PATIENCE = 5_000;

/**
 * Sets a time limit to sign-ins and refreshes, for which authkit-nextjs has no setting: its client waits a minute, four times
 * in all, so that a WorkOS that accepts connections and stays silent would hold up every page for four minutes.
 *
 * A 429 that names a time is an answer, and no limit shortens it: the SDK waits as long as it says, a minute at most, three times.
 *
 * It tells the dispatcher behind Node's `fetch`, for that one path. The SDK sees a connection that failed: it tries again, and
 * after the fourth time keeps the session.
 */
export function limitTime(milliseconds = PATIENCE): void {
  const limit = { headersTimeout: milliseconds, bodyTimeout: milliseconds };
  const limited = getGlobalDispatcher().compose((dispatch) => (options, handler) => {
    const isLimited = options.path === '/user_management/authenticate';
    return dispatch(isLimited ? { ...limit, ...options } : options, handler);
  });
  setGlobalDispatcher(limited);
}
