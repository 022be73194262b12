import { WorkOS } from '@workos-inc/node';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { expect, test, type TestMock } from '../src/vitest.ts';

const redirectUri = 'http://localhost:3000/callback';

/** The real SDK, pointed at the mock by its own settings. */
export function sdk(workos: TestMock): WorkOS {
  return new WorkOS('sk_test_default', {
    clientId: 'client_mock',
    apiHostname: workos.hostname,
    port: workos.port,
    https: false,
    maxRetries: 0,
  });
}

test('a login_hint answers at once, and the code becomes a session', async ({ workos }) => {
  const client = sdk(workos);
  const { url, codeVerifier, state } = await client.userManagement.getAuthorizationUrlWithPKCE({
    provider: 'authkit',
    redirectUri,
    loginHint: 'ada@acme.test',
  });
  const response = await fetch(url, { redirect: 'manual' });
  const location = new URL(response.headers.get('location')!);
  expect(location.origin + location.pathname).toBe(redirectUri);
  expect(location.searchParams.get('state')).toBe(state);

  const session = await client.userManagement.authenticateWithCode({
    code: location.searchParams.get('code')!,
    codeVerifier,
  });

  expect(session).toMatchObject({
    user: { id: 'user_ada', email: 'ada@acme.test' },
    organizationId: 'org_acme',
    authenticationMethod: 'Password',
  });
  const jwks = await fetch(client.userManagement.getJwksUrl('client_mock'));
  const { payload } = await jwtVerify(
    session.accessToken,
    createLocalJWKSet((await jwks.json()) as Parameters<typeof createLocalJWKSet>[0]),
    { issuer: `${workos.url}/user_management/client_mock`, algorithms: ['RS256'] },
  );
  expect(payload).toMatchObject({
    sub: 'user_ada',
    org_id: 'org_acme',
    role: 'admin',
    roles: ['admin'],
    permissions: ['posts:read', 'posts:write', 'users:manage'],
    feature_flags: ['beta-dashboard'],
    client_id: 'client_mock',
  });
  expect(payload.aud).toBeUndefined();
});
