import { WorkOS } from '@workos-inc/node';
import type { TestMock } from '../src/vitest.ts';

export const redirectUri = 'http://localhost:3000/callback';

/** The real SDK, pointed at a mock by its own settings. */
export function sdk(workos: TestMock): WorkOS {
  return new WorkOS('sk_test_default', {
    clientId: 'client_mock',
    apiHostname: workos.hostname,
    port: workos.port,
    https: false,
    maxRetries: 0,
  });
}

/** Where the hosted page starts for a fresh sign-in, and the verifier that goes with it. */
export async function startSignIn(
  workos: TestMock,
  options: { loginHint?: string; organizationId?: string } = {},
) {
  return sdk(workos).userManagement.getAuthorizationUrlWithPKCE({
    provider: 'authkit',
    redirectUri,
    ...options,
  });
}
