// migrate/password-reset — https://github.com/workos/workos-node/blob/main/docs/V8_MIGRATION_GUIDE.md#user-management

import type { WorkOS } from 'workos-node-7';

/** Sends a person a link to a page of this app, where they choose a new password. */
export async function sendResetLink(workos: WorkOS, email: string): Promise<void> {
  await workos.userManagement.sendPasswordResetEmail({
    email,
    passwordResetUrl: 'https://app.example.com/reset-password',
  });
}
