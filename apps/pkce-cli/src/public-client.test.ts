import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { ApiKeyRequiredException, createWorkOS, WorkOS } from '@workos-inc/node';
import { onTestFinished, vi } from 'vitest';
import { expect, test, type TestMock } from 'workos-mock/vitest';
import { callWorkos } from './errors.ts';
import { PATIENCE } from './file-lock.ts';
import { createPublicClient } from './public-client.ts';

const AUTHENTICATE = 'POST /user_management/authenticate';

/** What a client puts on the wire: a server that refuses everything and writes down what came. */
async function recorder() {
  const received: { headers: IncomingHttpHeaders; body: Record<string, unknown> }[] = [];
  const server = createServer(async (request, response) => {
    const body = (await request.toArray()).join('');
    received.push({ headers: request.headers, body: JSON.parse(body) as Record<string, unknown> });
    response
      .writeHead(400, { 'content-type': 'application/json' })
      .end('{"error":"invalid_grant"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    received,
    settings: { clientId: 'client_mock', apiHostname: '127.0.0.1', port, https: false },
  };
}

const refreshToken = { clientId: 'client_mock', refreshToken: 'a refresh token' };

test('trap/public-client-env-key: createWorkOS({ clientId }) sends the API key of the environment', async () => {
  vi.stubEnv('WORKOS_API_KEY', 'sk_somebody_elses');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const { received, settings } = await recorder();
  const naive = createWorkOS(settings);
  await naive.userManagement.authenticateWithCode({ code: 'a', codeVerifier: 'b' }).catch(() => {});
  expect(received[0]?.headers.authorization).toBe('Bearer sk_somebody_elses');
  expect(received[0]?.body.client_secret).toBe('sk_somebody_elses');
});

test('trap/public-client-env-key: createPublicClient does not, and leaves the variable alone', async () => {
  vi.stubEnv('WORKOS_API_KEY', 'sk_somebody_elses');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const { received, settings } = await recorder();
  const { userManagement } = createPublicClient(settings);
  await userManagement.authenticateWithCode({ code: 'a', codeVerifier: 'b' }).catch(() => {});
  await userManagement.authenticateWithRefreshToken(refreshToken).catch(() => {});
  expect(received).toHaveLength(2);
  for (const { headers, body } of received) {
    expect(headers).not.toHaveProperty('authorization');
    expect(body).not.toHaveProperty('client_secret');
  }
  expect(process.env.WORKOS_API_KEY).toBe('sk_somebody_elses');
});

test('node/public-client: server methods are refused before any request', async ({ workos }) => {
  const { hostname: apiHostname, port } = workos;
  const settings = { clientId: 'client_mock', apiHostname, port, https: false };
  // The type has no such methods; JavaScript callers and `new WorkOS({ clientId })` get this far.
  const untyped = createPublicClient(settings) as unknown as WorkOS;
  for (const client of [untyped, new WorkOS(settings)]) {
    await expect(client.userManagement.listUsers()).rejects.toThrow(ApiKeyRequiredException);
    await expect(client.organizations.getOrganization('org_acme')).rejects.toThrow(
      ApiKeyRequiredException,
    );
  }
  expect(await workos.requests()).toEqual([]);
});

test('node/public-client: a code without its verifier is refused before any request [attack/code-theft]', async ({
  workos,
}) => {
  const { hostname: apiHostname, port } = workos;
  const client = createPublicClient({ clientId: 'client_mock', apiHostname, port, https: false });
  await expect(
    client.userManagement.authenticateWithCode({ code: 'a', codeVerifier: '' }),
  ).rejects.toThrow(TypeError);
  expect(await workos.requests()).toEqual([]);
});

/** Refreshes on false time until it fails, or so many seconds are over: what the failures were. The session must outlive it. */
async function failuresWithin(seconds: number, workos: TestMock): Promise<unknown[]> {
  const { hostname: apiHostname, port } = workos;
  const client = createPublicClient({ clientId: 'client_mock', apiHostname, port, https: false });
  const { refreshToken } = await workos.signIn({ email: 'ada@acme.test' });
  const refresh = () =>
    client.userManagement.authenticateWithRefreshToken({ clientId: 'client_mock', refreshToken });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const failures: unknown[] = [];
  callWorkos('refresh token', refresh).catch((error: unknown) => failures.push(error));
  for (let second = 0; second < seconds && failures.length === 0; second++) {
    await vi.advanceTimersByTimeAsync(1000);
    // The request has to reach WorkOS before its time is over.
    await setTimeout(50);
  }
  vi.useRealTimers();
  expect(await refresh()).toMatchObject({ user: { email: 'ada@acme.test' } });
  return failures;
}

test('node/public-refresh: a WorkOS that stays silent is given up within a minute, and the session is not over [fault/refresh]', async ({
  workos,
}) => {
  await workos.delayNext(AUTHENTICATE, { hours: 1 }, { times: 2 });
  expect(await failuresWithin(60, workos)).toMatchObject([{ failure: 'unavailable' }]);
});

test('node/public-refresh: a WorkOS that asks for long pauses is given up before the lock is [fault/refresh]', async ({
  workos,
}) => {
  const busy = { status: 429, body: { message: 'Slow down' }, headers: { 'retry-after': '60' } };
  await workos.failNext(AUTHENTICATE, busy, { times: 2 });
  expect(await failuresWithin(PATIENCE / 1000, workos)).toMatchObject([{ failure: 'unavailable' }]);
});

test('trap/seal-on-public-client: sealSession spends the code, then throws', async ({ workos }) => {
  const { hostname: apiHostname, port } = workos;
  const client = new WorkOS({
    clientId: 'client_mock',
    apiHostname,
    port,
    https: false,
    maxRetries: 0,
  });
  const { url, codeVerifier } = await client.userManagement.getAuthorizationUrlWithPKCE({
    provider: 'authkit',
    redirectUri: 'http://127.0.0.1:9/callback',
    loginHint: 'ada@acme.test',
  });
  const response = await fetch(url, { redirect: 'manual' });
  const code = new URL(response.headers.get('location')!).searchParams.get('code')!;
  const session = { sealSession: true, cookiePassword: 'a cookie password of 32 characters' };
  const sealing = client.userManagement.authenticateWithCode({ code, codeVerifier, session });
  await expect(sealing).rejects.toThrow(/API key/i);
  expect(await workos.sessions({ user: 'user_ada' })).toMatchObject([{ status: 'active' }]);
  await expect(
    client.userManagement.authenticateWithCode({ code, codeVerifier }),
  ).rejects.toMatchObject({ error: 'invalid_grant' });
});
