import { createWorkOS, type PublicWorkOS, WorkOS } from '@workos-inc/node/worker';
import { env } from 'cloudflare:workers';
import { expectTypeOf } from 'vitest';
import { Browser } from '../test/browser';
import { expect, test } from '../test/workos';
import { workosFor } from './workos';

const address = { apiHostname: 'localhost', port: 4100, https: false };

test('node/worker-import: the client runs in workerd, without the compatibility layer for Node.js', async () => {
  expect(navigator.userAgent).toBe('Cloudflare-Workers');
  const { userManagement } = await workosFor(env);
  const { data } = await userManagement.listUsers({ email: 'ada@acme.test' });
  expect(data).toMatchObject([{ id: 'user_ada' }]);
});

test('node/confidential-client: one client an environment, another one for other settings [fault/worker-isolate]', async () => {
  const client = await workosFor(env);
  expect(await workosFor({ ...env })).toBe(client);
  const other = await workosFor({ ...env, WORKOS_API_KEY: 'sk_test_other' });
  expect(other).not.toBe(client);
  expect(other.key).toBe('sk_test_other');
});

test('node/confidential-client: with a key the type has the server’s methods, without one it has not', () => {
  const make = {
    confidential: () => createWorkOS({ apiKey: env.WORKOS_API_KEY, clientId: 'client_mock' }),
    public: () => createWorkOS({ clientId: 'client_mock' }),
  };
  expectTypeOf(make.confidential).returns.toEqualTypeOf<WorkOS>();
  expectTypeOf(make.public).returns.toEqualTypeOf<PublicWorkOS>();
  expectTypeOf<WorkOS>().toHaveProperty('organizations');
  expectTypeOf<WorkOS['userManagement']>().toHaveProperty('listUsers');
  expectTypeOf<WorkOS>().toHaveProperty('vault');
  expectTypeOf<PublicWorkOS>().not.toHaveProperty('organizations');
  expectTypeOf<PublicWorkOS>().not.toHaveProperty('vault');
  expectTypeOf<PublicWorkOS['userManagement']>().not.toHaveProperty('listUsers');
  expectTypeOf<PublicWorkOS['userManagement']>().not.toHaveProperty('loadSealedSession');
  expectTypeOf<{ apiKey: string | undefined; clientId: string }>().not.toExtend<
    Parameters<typeof createWorkOS>[0]
  >();
});

test('trap/worker-timeout: `new WorkOS()` of the worker entry takes a time limit and keeps none, `createWorkOS()` does', async ({
  workos,
}) => {
  const options = { apiKey: env.WORKOS_API_KEY, ...address, timeout: 500, maxRetries: 0 };
  const slowly = async ({ userManagement }: Pick<WorkOS, 'userManagement'>) => {
    await workos.delayNext('GET /user_management/users/:id', { milliseconds: 1500 });
    return userManagement.getUser('user_ada');
  };
  // When this fails the SDK hands the option on: then either will do.
  expect(await slowly(new WorkOS(options))).toMatchObject({ id: 'user_ada' });
  // The safe form.
  await expect(
    slowly(createWorkOS({ ...options, clientId: env.WORKOS_CLIENT_ID })),
  ).rejects.toMatchObject({ status: 408 });
});

test('trap/seal-on-public-client: the code is spent, then the SDK throws', async ({
  worker,
  workos,
}) => {
  const publicClient = createWorkOS({ clientId: 'client_mock', ...address });
  const { url, codeVerifier } = await publicClient.userManagement.getAuthorizationUrlWithPKCE({
    provider: 'authkit',
    redirectUri: 'http://localhost:8787/callback',
    loginHint: 'ada@acme.test',
  });
  const hosted = await fetch(url, { redirect: 'manual' });
  const code = new URL(hosted.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const session = { sealSession: true, cookiePassword: env.WORKOS_COOKIE_PASSWORD };
  const exchange = { code, codeVerifier };
  const { userManagement } = publicClient;
  await expect(userManagement.authenticateWithCode({ ...exchange, session })).rejects.toThrow(
    /API key/i,
  );
  const [spent] = await workos.requests({ endpoint: 'POST /user_management/authenticate' });
  expect(spent).toMatchObject({ status: 200 });
  await expect(userManagement.authenticateWithCode(exchange)).rejects.toMatchObject({
    error: 'invalid_grant',
  });
  // The safe form: who seals a session has the key.
  expect((await new Browser(worker).signIn('ada@acme.test')).headers.get('location')).toBe('/me');
});
