import { expect, test } from 'workos-mock/vitest';
import { signInWithBrowser } from './pkce-automatic.ts';
import { createPublicClient } from './public-client.ts';

const client = (workos: { hostname: string; port: number }) =>
  createPublicClient({
    clientId: 'client_mock',
    apiHostname: workos.hostname,
    port: workos.port,
    https: false,
  });

test('node/pkce-automatic: the challenge is S256, and the code becomes a session [attack/code-theft]', async ({
  workos,
}) => {
  let page = '';
  const { user, organizationId } = await signInWithBrowser(client(workos), {
    signal: AbortSignal.timeout(10_000),
    loginHint: 'grace@acme.test',
    organizationId: 'org_globex',
    open: (address) => {
      void fetch(address).then(async (response) => (page = await response.text()));
    },
  });
  expect(user.email).toBe('grace@acme.test');
  expect(organizationId).toBe('org_globex');
  await expect.poll(() => page).toContain('You are signed in');
  const [authorize] = await workos.requests({ endpoint: 'GET /user_management/authorize' });
  const query = new URL(authorize!.path, workos.url).searchParams;
  expect(query.get('code_challenge_method')).toBe('S256');
  expect(query.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
});

test('node/pkce-automatic: a refusal of WorkOS is told in the browser and thrown', async ({
  workos,
}) => {
  let page = '';
  const signIn = signInWithBrowser(client(workos), {
    signal: AbortSignal.timeout(10_000),
    loginHint: 'nobody@acme.test',
    open: (address) => {
      void fetch(address).then(async (response) => (page = await response.text()));
    },
  });
  await expect(signIn).rejects.toMatchObject({ failure: 'refused' });
  await expect.poll(() => page).toContain('You are not signed in');
});

test('node/pkce-automatic: a code of another sign-in with the right state is refused [attack/code-theft]', async ({
  workos,
}) => {
  const other = await client(workos).userManagement.getAuthorizationUrlWithPKCE({
    provider: 'authkit',
    redirectUri: 'http://127.0.0.1:9/callback',
    loginHint: 'eve@acme.test',
  });
  const stolen = new URL(
    (await fetch(other.url, { redirect: 'manual' })).headers.get('location')!,
  ).searchParams.get('code')!;

  const signIn = signInWithBrowser(client(workos), {
    signal: AbortSignal.timeout(10_000),
    open: async (address) => {
      const authorize = (await fetch(address, { redirect: 'manual' })).headers.get('location')!;
      const query = new URL(authorize).searchParams;
      void fetch(`${query.get('redirect_uri')}?code=${stolen}&state=${query.get('state')}`);
    },
  });
  await expect(signIn).rejects.toMatchObject({
    failure: 'refused',
    message: 'The code is not good for this sign-in.',
  });
});
