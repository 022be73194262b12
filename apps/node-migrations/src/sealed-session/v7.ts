// migrate/sealed-session — https://github.com/workos/workos-node/blob/main/docs/V8_MIGRATION_GUIDE.md#user-management

import type { WorkOS } from 'workos-node-7';

/**
 * Refreshes the session of a cookie.
 *
 * @returns The new cookie; null when the person must sign in again.
 */
export async function refreshCookie(
  workos: WorkOS,
  sessionData: string,
  cookiePassword: string,
): Promise<string | null> {
  const refreshed = await workos.userManagement.refreshAndSealSessionData({
    sessionData,
    cookiePassword,
  });
  return (refreshed.authenticated && refreshed.sealedSession) || null;
}

/** Where the browser goes to sign out. */
export async function signOutUrl(
  workos: WorkOS,
  sessionData: string,
  cookiePassword: string,
): Promise<string> {
  return workos.userManagement.getLogoutUrlFromSessionCookie({ sessionData, cookiePassword });
}
