import { expect, test } from 'vitest';
import { createWorkosMock, type WorkosMock } from './mock.ts';

async function refresh(mock: WorkosMock, host: string, origin: string, token?: string) {
  const { refreshToken } = token
    ? { refreshToken: token }
    : await mock.signIn({ email: 'ada@acme.test' });
  return mock.fetch(
    new Request(`http://${host}/user_management/authenticate`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({
        client_id: 'client_mock',
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
      }),
    }),
  );
}

const cookiesOf = (response: Response) => response.headers.getSetCookie();
const hintOf = (response: Response) =>
  cookiesOf(response).find((cookie) => cookie.startsWith('workos-has-session='));

test('cookie mode: on one host the refresh token is HttpOnly and the hint readable', async () => {
  const response = await refresh(createWorkosMock(), 'localhost:4100', 'http://localhost:5173');

  expect(response.status).toBe(200);
  const [refreshCookie, hint] = cookiesOf(response);
  expect(refreshCookie).toMatch(/^workos-refresh-client_mock=\w+; .*HttpOnly; SameSite=Lax/);
  expect(hint).toMatch(/^workos-has-session=client_mock; Max-Age=34560000; Path=\/; SameSite=Lax$/);
});

test('cookie mode: the hint covers the domain that page and API share, the token never does', async () => {
  const mock = createWorkosMock({ seed: { corsOrigins: ['http://app.acme.test'] } });
  await mock.createUser({ email: 'pat@acme.test' });
  const { refreshToken } = await mock.signIn({ email: 'pat@acme.test' });

  const response = await refresh(mock, 'auth.acme.test', 'http://app.acme.test', refreshToken);

  expect(hintOf(response)).toContain('Domain=acme.test');
  expect(cookiesOf(response)[0]).not.toContain('Domain=');
});

test('cookie mode: a page of another site does not widen the hint', async () => {
  const mock = createWorkosMock({ seed: { corsOrigins: ['http://app.elsewhere.test'] } });
  await mock.createUser({ email: 'pat@acme.test' });
  const { refreshToken } = await mock.signIn({ email: 'pat@acme.test' });

  const response = await refresh(mock, 'auth.acme.test', 'http://app.elsewhere.test', refreshToken);

  expect(hintOf(response)).not.toContain('Domain=');
});

test('cookie mode: an origin that is not allowed gets neither cookies nor CORS headers', async () => {
  const response = await refresh(createWorkosMock(), 'localhost:4100', 'http://evil.example');

  expect(cookiesOf(response)).toEqual([]);
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
});

test('cookie mode: a refusal can be read by the page, as a success can', async () => {
  const response = await refresh(
    createWorkosMock(),
    'localhost:4100',
    'http://localhost:5173',
    'not-a-token',
  );

  expect(response.status).toBe(400);
  expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
  expect(response.headers.get('access-control-allow-credentials')).toBe('true');
});

test('cookie mode: sign-out takes the cookies back from every domain that they may be on', async () => {
  const url = 'http://auth.acme.test/user_management/sessions/logout?session_id=session_none';
  const cookies = cookiesOf(await createWorkosMock().fetch(new Request(url)));

  expect(cookies).toHaveLength(3);
  expect(cookies.every((cookie) => cookie.includes('Max-Age=0'))).toBe(true);
  expect(cookies.at(-1)).toContain('Domain=acme.test');
});
