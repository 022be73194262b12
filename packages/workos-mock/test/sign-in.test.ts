import { createLocalJWKSet, jwtVerify } from 'jose';
import { expect, test } from '../src/vitest.ts';
import { redirectUri, sdk, startSignIn } from './sdk.ts';

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

test('a login_hint that matches nobody goes back with access_denied', async ({ workos }) => {
  const { url, state } = await startSignIn(workos, { loginHint: 'nobody@example.test' });
  const response = await fetch(url, { redirect: 'manual' });
  const { searchParams } = new URL(response.headers.get('location')!);
  expect(Object.fromEntries(searchParams)).toEqual({
    error: 'access_denied',
    error_description: 'No user has the e-mail address nobody@example.test.',
    state,
  });
});

test('a login_hint into a foreign organization goes back with access_denied', async ({
  workos,
}) => {
  const { url } = await startSignIn(workos, {
    loginHint: 'ada@acme.test',
    organizationId: 'org_globex',
  });
  const response = await fetch(url, { redirect: 'manual' });
  expect(new URL(response.headers.get('location')!).searchParams.get('error')).toBe(
    'access_denied',
  );
});

test.for([
  ['an unknown client', { client_id: 'client_other' }, 'The client id "client_other" is unknown'],
  [
    'a foreign address',
    { redirect_uri: 'https://evil.example/' },
    'is not on this environment’s list',
  ],
  ['the downgrade to plain', { code_challenge_method: 'plain' }, '"plain" is not accepted'],
  ['another response type', { response_type: 'token' }, 'response_type is missing or malformed'],
] as const)(
  'authorize shows %s on a page and redirects nowhere [attack/open-redirect]',
  async ([, change, text], { workos }) => {
    const { url } = await startSignIn(workos, { loginHint: 'ada@acme.test' });
    const changed = new URL(url);
    for (const [key, value] of Object.entries(change)) changed.searchParams.set(key, value);
    const response = await fetch(changed, { redirect: 'manual' });
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
    expect(await response.text()).toContain(text.replaceAll('"', '&quot;'));
  },
);

async function codeFor(url: string): Promise<string> {
  const response = await fetch(url, { redirect: 'manual' });
  return new URL(response.headers.get('location')!).searchParams.get('code')!;
}

test('a code is tried once, within ten minutes, with its verifier [attack/code-theft]', async ({
  workos,
}) => {
  const { userManagement } = sdk(workos);
  const refusal = { error: 'invalid_grant' };

  const first = await startSignIn(workos, { loginHint: 'ada@acme.test' });
  const code = await codeFor(first.url);
  const wrong = { code, codeVerifier: 'x'.repeat(43) };
  await expect(userManagement.authenticateWithCode(wrong)).rejects.toMatchObject(refusal);
  const right = { code, codeVerifier: first.codeVerifier };
  await expect(userManagement.authenticateWithCode(right)).rejects.toMatchObject(refusal);

  const second = await startSignIn(workos, { loginHint: 'ada@acme.test' });
  const noVerifier = { code: await codeFor(second.url) };
  await expect(userManagement.authenticateWithCode(noVerifier)).rejects.toMatchObject(refusal);

  const third = await startSignIn(workos, { loginHint: 'ada@acme.test' });
  const late = { code: await codeFor(third.url), codeVerifier: third.codeVerifier };
  await workos.clock.advance({ minutes: 11 });
  await expect(userManagement.authenticateWithCode(late)).rejects.toMatchObject(refusal);
});

test('another client id and a wrong secret are refused [attack/code-theft]', async ({ workos }) => {
  const authenticate = async (body: Record<string, string>) => {
    const response = await fetch(`${workos.url}/user_management/authenticate`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', ...body }),
    });
    return ((await response.json()) as { error: string }).error;
  };
  const ada = { email: 'ada@acme.test', password: 'password' };
  const secret = { client_secret: 'sk_test_default' };
  expect(await authenticate({ client_id: 'client_other', ...secret, ...ada })).toBe(
    'invalid_client',
  );
  expect(await authenticate({ client_id: 'client_mock', client_secret: 'sk_wrong', ...ada })).toBe(
    'invalid_client',
  );
  expect(await authenticate({ client_id: 'client_mock', ...ada })).toBe('invalid_client');
  expect(await authenticate({ client_id: 'client_mock', ...secret, ...ada })).toBeUndefined();
});
