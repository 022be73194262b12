import { createWorkosMock } from '../src/mock.ts';
import { expect, test } from '../src/vitest.ts';
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
