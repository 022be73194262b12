import type { Endpoint } from '../src/endpoints.ts';
import { createWorkosMock } from '../src/mock.ts';
import { expect, test, type TestMock } from '../src/vitest.ts';
import { type RawRequest, send } from './raw.ts';
import { sdk } from './sdk.ts';

const AUTHENTICATE = 'POST /user_management/authenticate';

test('failNext answers once, and nothing changes', async ({ workos }) => {
  const { userManagement } = sdk(workos);
  const { refreshToken } = await workos.signIn({ email: 'ada@acme.test' });
  const headers = { 'retry-after': '7' };
  await workos.failNext(AUTHENTICATE, { status: 429, headers, body: { message: 'Slow down' } });
  await expect(userManagement.authenticateWithRefreshToken({ refreshToken })).rejects.toMatchObject(
    { status: 429, retryAfter: 7 },
  );
  await userManagement.authenticateWithRefreshToken({ refreshToken });
});

test('a 429 says how long to wait, as WorkOS does, unless told otherwise', async ({ workos }) => {
  const endpoint = 'GET /sso/jwks/:clientId';
  const retryAfter = async (headers?: Record<string, string>) => {
    await workos.failNext(endpoint, { status: 429, headers });
    const response = await fetch(`${workos.url}/sso/jwks/client_mock`);
    return response.headers.get('retry-after');
  };
  expect(await retryAfter()).toBe('1');
  expect(await retryAfter({ 'Retry-After': '20' })).toBe('20');
  await workos.failNext(endpoint, { status: 503 });
  const outage = await fetch(`${workos.url}/sso/jwks/client_mock`);
  expect(outage.headers.get('retry-after')).toBeNull();
});

/** What names Ada in a request, one thing at a time. */
const NAMED: [title: string, endpoint: Endpoint, ask: (workos: TestMock) => Promise<RawRequest>][] =
  [
    [
      'user_id in the query',
      'GET /user_management/organization_memberships',
      async () => ({ ask: 'GET /user_management/organization_memberships?user_id=user_ada' }),
    ],
    [
      'email in the query',
      'GET /user_management/users',
      async () => ({ ask: 'GET /user_management/users?email=Ada@acme.test' }),
    ],
    [
      'login_hint',
      'GET /user_management/authorize',
      async () => ({ ask: 'GET /user_management/authorize?login_hint=ada@acme.test' }),
    ],
    [
      'session_id in the query',
      'GET /user_management/sessions/logout',
      async (workos) => {
        const { sessionId } = await workos.signIn({ email: 'ada@acme.test' });
        return { ask: `GET /user_management/sessions/logout?session_id=${sessionId}` };
      },
    ],
    [
      'session_id in the body',
      'POST /user_management/sessions/revoke',
      async (workos) => {
        const { sessionId: session_id } = await workos.signIn({ email: 'ada@acme.test' });
        return { ask: 'POST /user_management/sessions/revoke', body: { session_id } };
      },
    ],
    [
      'a pending authentication token',
      AUTHENTICATE,
      async (workos) => {
        await workos.requireMfa();
        const { json } = await send(workos, {
          ask: AUTHENTICATE,
          body: {
            grant_type: 'password',
            client_id: 'client_mock',
            client_secret: 'sk_test_default',
            email: 'ada@acme.test',
            password: 'password',
          },
        });
        const { pending_authentication_token } = json;
        return {
          ask: AUTHENTICATE,
          body: { pending_authentication_token },
        };
      },
    ],
    [
      'a device code that she has approved',
      AUTHENTICATE,
      async (workos) => {
        const begun = await send(workos, {
          ask: 'POST /user_management/authorize/device',
          body: { client_id: 'client_mock' },
        });
        const { device_code, verification_uri_complete: page } = begun.json;
        await workos.fetch(new Request(`${page}&login_hint=ada@acme.test`));
        return { ask: AUTHENTICATE, body: { device_code } };
      },
    ],
    [
      'the token of a password reset',
      'POST /user_management/password_reset/confirm',
      async (workos) => {
        const { userManagement } = sdk(workos);
        const { passwordResetToken: token } = await userManagement.createPasswordReset({
          email: 'ada@acme.test',
        });
        return { ask: 'POST /user_management/password_reset/confirm', body: { token } };
      },
    ],
    [
      'the id of her membership',
      'GET /user_management/organization_memberships/:id',
      async (workos) => {
        const { data } = await sdk(workos).userManagement.listOrganizationMemberships({
          userId: 'user_ada',
        });
        return { ask: `GET /user_management/organization_memberships/${data[0]?.id}` };
      },
    ],
    [
      'the id of her second factor',
      'GET /auth/factors/:id',
      async (workos) => {
        const { multiFactorAuth } = sdk(workos);
        const { authenticationFactor } = await multiFactorAuth.createUserAuthFactor({
          userId: 'user_ada',
          type: 'totp',
        });
        return { ask: `GET /auth/factors/${authenticationFactor.id}` };
      },
    ],
  ];

test.for(NAMED)('a fault finds a person by %s', async ([, endpoint, ask], { workos }) => {
  const request = await ask(workos);
  await workos.failNext(endpoint, { status: 503 }, { user: 'user_linus' });
  expect((await send(workos, request)).status).not.toBe(503);
  await workos.clearFaults();
  const again = await ask(workos);
  await workos.failNext(endpoint, { status: 503 }, { user: 'user_ada' });
  expect((await send(workos, again)).status).toBe(503);
});

test('who a request names comes before whom the cookie of its browser belongs to', async ({
  workos,
}) => {
  const { refreshToken } = await workos.signIn({ email: 'linus@hey.test' });
  const headers = { cookie: `workos-refresh-client_mock=${refreshToken}` };
  await send(workos, { ask: 'GET /user_management/authorize?login_hint=ada@acme.test', headers });
  await send(workos, { ask: 'GET /user_management/authorize', headers });
  const logged = await workos.requests({ endpoint: 'GET /user_management/authorize' });
  expect(logged.map(({ userId }) => userId)).toEqual(['user_ada', 'user_linus']);
});

test('a page of an allowed origin gets to see the status of a fault', async ({ workos }) => {
  await workos.failNext(AUTHENTICATE, { status: 503 });
  const origin = 'http://localhost:5173';
  const response = await fetch(`${workos.url}/user_management/authenticate`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: '{}',
  });
  expect(response.status).toBe(503);
  expect(response.headers.get('access-control-allow-origin')).toBe(origin);
});

test('a fault strikes as often as it is told to, and only who it is meant for', async ({
  workos,
}) => {
  const { userManagement } = sdk(workos);
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  const linus = await workos.signIn({ email: 'linus@hey.test' });
  const scope = { times: 2, user: ada.user.id, grantType: 'refresh_token' };
  await workos.failNext(AUTHENTICATE, { status: 500 }, scope);
  await userManagement.authenticateWithRefreshToken({ refreshToken: linus.refreshToken });
  const refreshAda = () =>
    userManagement.authenticateWithRefreshToken({ refreshToken: ada.refreshToken });
  await expect(refreshAda()).rejects.toMatchObject({ status: 500 });
  await expect(refreshAda()).rejects.toMatchObject({ status: 500 });
  await refreshAda();
});

test('dropNext cuts the connection before the change, or after it', async ({ workos }) => {
  const create = (email: string) => sdk(workos).userManagement.createUser({ email });
  await workos.dropNext('POST /user_management/users');
  await expect(create('before@example.test')).rejects.toThrow();
  await workos.dropNext('POST /user_management/users', { after: true });
  await expect(create('after@example.test')).rejects.toThrow();
  const { data } = await sdk(workos).userManagement.listUsers();
  const emails = data.map((user) => user.email);
  expect(emails).toContain('after@example.test');
  expect(emails).not.toContain('before@example.test');
});

test('delayNext lets others by', async () => {
  const mock = createWorkosMock();
  await mock.delayNext('GET /sso/jwks/:clientId', { milliseconds: 50 });
  const answered: string[] = [];
  const ask = async (name: string) => {
    await mock.fetch(new Request('http://localhost/sso/jwks/client_mock'));
    answered.push(name);
  };
  await Promise.all([ask('first'), ask('second')]);
  expect(answered).toEqual(['second', 'first']);
});

test('a fault that never struck fails the test that set it', async () => {
  const mock = createWorkosMock();
  await mock.failNext(AUTHENTICATE, { status: 500 });
  await expect(mock.verify()).rejects.toThrow(
    'this fault never struck: failNext 500 on POST /user_management/authenticate',
  );
});

test('so does a request to an endpoint that the mock lacks', async () => {
  const mock = createWorkosMock();
  const response = await mock.fetch(
    new Request('https://api.workos.com/radar/attempts', { method: 'POST' }),
  );
  expect(response.status).toBe(501);
  expect(await response.json()).toMatchObject({ code: 'not_implemented' });
  await expect(mock.verify()).rejects.toThrow(
    'the mock has no such endpoint: POST /radar/attempts',
  );
});

test('the log tells refusals and dropped connections from answers', async ({ workos }) => {
  const url = `${workos.url}/user_management/users/user_ada`;
  await fetch(url);
  await fetch(url.replace('ada', 'nobody'), {
    headers: { authorization: 'Bearer sk_test_default' },
  });
  await workos.dropNext('GET /user_management/users/:id');
  await fetch(url).catch(() => {});
  const logged = await workos.requests({ endpoint: 'GET /user_management/users/:id' });
  expect(logged.map(({ status, error }) => [status, error])).toEqual([
    [401, null],
    [404, 'entity_not_found'],
    [0, null],
  ]);
});

test('the log tells what was asked, by whom, and keeps no secrets', async ({ workos }) => {
  const { userManagement } = sdk(workos);
  await userManagement.authenticateWithPassword({ email: 'ada@acme.test', password: 'password' });
  const [request] = await workos.requests({ endpoint: AUTHENTICATE, grantType: 'password' });
  expect(request).toMatchObject({
    status: 200,
    userId: 'user_ada',
    body: { email: 'ada@acme.test', password: '…', client_secret: '…' },
  });
});

test('every answer has a request id, an error and a fault too', async ({ workos }) => {
  const id = /^[\da-f-]{36}$/;
  const { organizations } = sdk(workos);
  await expect(organizations.getOrganization('org_missing')).rejects.toMatchObject({
    status: 404,
    requestID: expect.stringMatching(id),
  });
  await workos.failNext('GET /organizations/:id', { status: 422 });
  await expect(organizations.getOrganization('org_acme')).rejects.toMatchObject({
    requestID: expect.stringMatching(id),
  });
  const redirect = await fetch(`${workos.url}/user_management/authorize`, { redirect: 'manual' });
  expect(redirect.headers.get('x-request-id')).toMatch(id);
});
