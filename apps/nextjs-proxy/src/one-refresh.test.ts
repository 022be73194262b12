import { expect, test } from 'workos-mock/vitest';
import { inRequest } from '../test/in-request';
import { visit } from '../test/visit';
import { refreshSession } from '@workos-inc/authkit-nextjs';

const AUTHENTICATE = 'POST /user_management/authenticate';
const expired = { email: 'ada@acme.test', tokenAge: { minutes: 6 } };

test('ask/refresh-race: 50 requests at once on an expired session are one refresh, and nobody is signed out [fault/concurrent-refresh]', async ({
  workos,
}) => {
  const ada = await workos.signIn(expired);
  await workos.delayNext(AUTHENTICATE, { milliseconds: 50 });
  const responses = await Promise.all(
    Array.from({ length: 50 }, (_, i) => visit(`/account?${i}`, ada.cookies)),
  );
  expect(responses.map((response) => response.headers.get('x-middleware-next'))).toEqual(
    Array(50).fill('1'),
  );
  for (const response of responses) expect(response).toSetSessionCookie();
  expect(await workos.requests({ endpoint: AUTHENTICATE })).toHaveLength(1);
});

test('nextjs/proactive-refresh: inside the buffer, one refresh for many requests', async ({
  workos,
}) => {
  const ada = await workos.signIn({ email: 'ada@acme.test', tokenAge: { seconds: 250 } });
  const responses = await Promise.all(
    Array.from({ length: 10 }, () => visit('/account', ada.cookies)),
  );
  for (const response of responses) expect(response).toSetSessionCookie();
  expect(await workos.requests({ endpoint: AUTHENTICATE })).toHaveLength(1);
});

test('nextjs/proactive-refresh: before the buffer, none', async ({ workos }) => {
  const ada = await workos.signIn({ email: 'ada@acme.test', tokenAge: { seconds: 230 } });
  expect(await visit('/account', ada.cookies)).not.toSetSessionCookie();
  expect(await workos.requests({ endpoint: AUTHENTICATE })).toEqual([]);
});

test('nextjs/proactive-refresh: one that fails inside the buffer costs nothing', async ({
  workos,
}) => {
  const ada = await workos.signIn({ email: 'ada@acme.test', tokenAge: { seconds: 250 } });
  await workos.failNext(AUTHENTICATE, { status: 400, body: { error: 'invalid_grant' } });
  const response = await visit('/account', ada.cookies);
  expect(response.headers.get('x-middleware-next')).toBe('1');
  expect(response.headers.getSetCookie()).toEqual([]);
});

test('ask/refresh-race: a request that comes late with the old cookie gets the new session', async ({
  workos,
}) => {
  const ada = await workos.signIn(expired);
  await visit('/account', ada.cookies);
  const late = await visit('/account', ada.cookies);
  expect(late.headers.get('x-middleware-next')).toBe('1');
  expect(late).toSetSessionCookie();
  expect(await workos.requests({ endpoint: AUTHENTICATE })).toHaveLength(1);
});

test('ask/refresh-race: two people at once do not get each other’s session [fault/concurrent-refresh]', async ({
  workos,
}) => {
  const ada = await workos.signIn(expired);
  const grace = await workos.signIn({ ...expired, email: 'grace@acme.test' });
  const responses = await Promise.all(
    [ada, grace, ada, grace].map(({ cookies }) => visit('/account', cookies)),
  );
  const lines = responses.map((response) => response.headers.getSetCookie()[0]);
  expect(lines[0]).toBe(lines[2]);
  expect(lines[1]).toBe(lines[3]);
  expect(lines[0]).not.toBe(lines[1]);
});

test('ask/refresh-race: a session that is over is over for all of them', async ({ workos }) => {
  const ada = await workos.signIn(expired);
  await workos.revokeSession(ada.sessionId);
  const responses = await Promise.all([
    visit('/account', ada.cookies),
    visit('/account', ada.cookies),
  ]);
  for (const response of responses) expect(response).toRedirectToAuthKit();
});

test('nextjs/refresh-session: code behind the proxy starts from the token that the proxy has just got', async ({
  workos,
}) => {
  const ada = await workos.signIn(expired);
  const { result } = await inRequest('/account', ada.cookies, () => refreshSession());
  expect(result?.user?.id).toBe('user_ada');
  const refreshes = await workos.requests({ endpoint: AUTHENTICATE });
  expect(refreshes.map(({ status }) => status)).toEqual([200, 200]);
});
