// migrate/sealed-session — https://github.com/workos/workos-node/blob/main/docs/V8_MIGRATION_GUIDE.md#user-management

import type { WorkOS } from 'workos-node-11';

/**
 * Refreshes the session of a cookie.
 *
 * @returns The new cookie; null when the person must sign in again.
 * @throws Error when WorkOS cannot be reached just now: the old cookie is still good, so keep it.
 */
export async function refreshCookie(
  workos: WorkOS,
  sessionData: string,
  cookiePassword: string,
): Promise<string | null> {
  const session = workos.userManagement.loadSealedSession({ sessionData, cookiePassword });
  const refreshed = await session.refresh();
  if (!refreshed.authenticated && 'retryable' in refreshed && refreshed.retryable) {
    throw new Error(`The session could not be refreshed: ${refreshed.reason}`);
  }
  return (refreshed.authenticated && refreshed.sealedSession) || null;
}

/** Where the browser goes to sign out. */
export async function signOutUrl(
  workos: WorkOS,
  sessionData: string,
  cookiePassword: string,
): Promise<string> {
  return workos.userManagement.loadSealedSession({ sessionData, cookiePassword }).getLogoutUrl();
}
