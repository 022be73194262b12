// migrate/runtime — https://github.com/workos/workos-node/blob/main/docs/V8_MIGRATION_GUIDE.md#package-type-changes

import { OauthException, WorkOS } from 'workos-node-11';

/** Whether WorkOS refuses a code, as against not answering at all. */
export async function isRefused(
  apiKey: string,
  clientId: string,
  code: string,
  address?: { apiHostname?: string; port?: number; https?: boolean },
): Promise<boolean> {
  const client = new WorkOS(apiKey, address);
  try {
    await client.userManagement.authenticateWithCode({ clientId, code });
    return false;
  } catch (error) {
    return error instanceof OauthException && error.error === 'invalid_grant';
  }
}
