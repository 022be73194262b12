// migrate/sso-authorization-url — https://github.com/workos/workos-node/blob/main/docs/V8_MIGRATION_GUIDE.md#ssoauthorizationurloptions-type-changes

import type { WorkOS } from 'workos-node-7';

/** Where the browser goes to sign in at the identity provider that has a domain. */
export function signInUrl(workos: WorkOS, clientId: string, domain: string): string {
  return workos.sso.getAuthorizationUrl({
    clientId,
    domain,
    redirectUri: 'http://localhost:3000/callback',
    state: 'made-up-per-sign-in',
    loginHint: 'ada@acme.test',
  });
}
