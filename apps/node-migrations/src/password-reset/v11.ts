// migrate/password-reset — https://github.com/workos/workos-node/blob/main/docs/V8_MIGRATION_GUIDE.md#user-management

import type { WorkOS } from 'workos-node-11';

/**
 * Sends a person a link to choose a new password. The page that it leads to is set in the dashboard, under Redirects. The
 * answer holds the token of the link: it must not reach the browser, nor a log.
 */
export async function sendResetLink(workos: WorkOS, email: string): Promise<void> {
  await workos.userManagement.createPasswordReset({ email });
}
