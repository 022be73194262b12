// migrate/sso-authorization-url — https://github.com/workos/workos-node/blob/main/docs/V8_MIGRATION_GUIDE.md#ssoauthorizationurloptions-type-changes

import type { WorkOS } from 'workos-node-7';

/**
 * Where the browser goes to sign in at the identity provider that has a domain.
 *
 * @param state Made up for this sign-in and kept for the callback, which must bring the same.
 */
export function signInUrl(workos: WorkOS, clientId: string, domain: string, state: string): string {
  return workos.sso.getAuthorizationUrl({
    clientId,
    domain,
    redirectUri: 'http://localhost:3000/callback',
    state,
    loginHint: 'ada@acme.test',
  });
}
