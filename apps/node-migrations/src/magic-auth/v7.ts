// migrate/magic-auth — https://github.com/workos/workos-node/blob/main/docs/V8_MIGRATION_GUIDE.md#user-management

import type { WorkOS } from 'workos-node-7';

/** Sends a person a code to sign in with. */
export async function sendCode(workos: WorkOS, email: string): Promise<void> {
  await workos.userManagement.sendMagicAuthCode({ email });
}
