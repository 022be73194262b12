// migrate/sso-authorization-url — https://github.com/workos/workos-node/blob/main/docs/V8_MIGRATION_GUIDE.md#ssoauthorizationurloptions-type-changes

import type { WorkOS } from 'workos-node-8';

/**
 * Where the browser goes to sign in at an organization's identity provider.
 *
 * @param state Made up for this sign-in and kept for the callback, which must bring the same.
 */
export function signInUrl(
  workos: WorkOS,
  clientId: string,
  organization: string,
  state: string,
): string {
  return workos.sso.getAuthorizationUrl({
    clientId,
    organization,
    redirectUri: 'http://localhost:3000/callback',
    state,
    loginHint: 'ada@acme.test',
  });
}
