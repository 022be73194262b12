import { unsealData } from 'iron-session';
import { afterEach, beforeEach, vi } from 'vitest';
import { expect, test } from 'workos-mock/vitest';
import { NO_ANSWER, withoutWaits } from '../test/no-answer';
import { handedOn, visit } from '../test/visit';

const AUTHENTICATE = 'POST /user_management/authenticate';
const JWKS = 'GET /sso/jwks/:clientId';
const expired = { email: 'ada@acme.test', tokenAge: { minutes: 6 } };

beforeEach(() => {
  for (const level of ['info', 'warn'] as const) {
    vi.spyOn(console, level).mockImplementation(() => {});
  }
});
afterEach(() => vi.restoreAllMocks());

test.for(Object.entries(NO_ANSWER))(
  'trap/html-5xx-signs-out: %s at refresh is a page with a retry, and the next try is signed in [fault/refresh]',
  async ([, { fault }], { workos }) => {
    withoutWaits();
    const ada = await workos.signIn(expired);
    await fault(workos, { times: 10 });
    const response = await visit('/de/konto?tab=1', ada.cookies);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-middleware-rewrite')).toBe('http://localhost:3000/unavailable');
    expect(response.headers.getSetCookie()).toEqual([]);
    await workos.clearFaults();
    // Also where the refresh token is used up by now: WorkOS takes it for ten seconds more.
    expect(await visit('/de/konto?tab=1', ada.cookies)).toSetSessionCookie();
  },
);

test('trap/api-down-blocks: an answer to a refresh that is lost once costs nothing [fault/refresh]', async ({
  workos,
}) => {
  withoutWaits();
  const ada = await workos.signIn(expired);
  await workos.dropNext(AUTHENTICATE, { after: true });
  const response = await visit('/en/account', ada.cookies);
  expect(response.headers.get('x-middleware-next')).toBe('1');
  expect(response).toSetSessionCookie();
  const tries = await workos.requests({ endpoint: AUTHENTICATE });
  expect(tries.map(({ status }) => status)).toEqual([0, 200]);
});

test.for(Object.entries(NO_ANSWER).filter(([, { isDone }]) => isDone))(
  'trap/api-down-blocks: %s is the end of the session for who comes back after the ten seconds of WorkOS, and the page is kept [fault/refresh]',
  async ([, { fault }], { workos }) => {
    withoutWaits();
    const ada = await workos.signIn(expired);
    await fault(workos, { times: 10 });
    expect((await visit('/de/konto?tab=1', ada.cookies)).status).toBe(503);
    await workos.clearFaults();
    await workos.clock.advance({ seconds: 11 });
    const response = await visit('/de/konto?tab=1', ada.cookies);
    expect(response).toRedirectToAuthKit();
    expect(response).toDeleteSessionCookie();
    const state = new URL(response.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const password = process.env.WORKOS_COOKIE_PASSWORD ?? '';
    expect(await unsealData(state, { password })).toMatchObject({
      returnPathname: '/de/konto?tab=1',
    });
  },
);

test('trap/html-5xx-signs-out: a public page goes on without the session and does not end it [fault/refresh]', async ({
  workos,
}) => {
  withoutWaits();
  const ada = await workos.signIn(expired);
  await workos.garbleNext(AUTHENTICATE, 'html', { times: 4 });
  const response = await visit('/en', ada.cookies);
  expect(response.headers.get('x-middleware-next')).toBe('1');
  expect(response.headers.getSetCookie()).toEqual([]);
  await workos.clearFaults();
  expect(await visit('/en', ada.cookies)).toSetSessionCookie();
});

test('trap/api-down-blocks: the page in its place takes no identity from headers [attack/header-injection]', async ({
  workos,
}) => {
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  await workos.clock.advance({ hours: 5 });
  await workos.failNext(JWKS, { status: 503 });
  const forged = { 'x-workos-session': ada.cookies['wos-session'] ?? '' };
  const page = handedOn(await visit('/en/account', {}, forged));
  expect(page).toMatchObject({ 'x-workos-middleware': 'true' });
  expect(page).not.toHaveProperty('x-workos-session');
});

test('trap/api-down-blocks: while the token lives nobody notices [fault/refresh]', async ({
  workos,
}) => {
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  await visit('/en/account', ada.cookies);
  await workos.clearRequests();
  expect((await visit('/en/account', ada.cookies)).headers.get('x-middleware-next')).toBe('1');
  expect(await workos.requests()).toEqual([]);
});

test('trap/api-down-blocks: a session that is over leads to sign-in, whatever else fails [fault/refresh]', async ({
  workos,
}) => {
  const ada = await workos.signIn(expired);
  await workos.revokeSession(ada.sessionId);
  const response = await visit('/en/account', ada.cookies);
  expect(response).toRedirectToAuthKit();
  expect(response.headers.getSetCookie().join()).toMatch(/wos-session=;.*Max-Age=0/);
});

test.for([
  ['/en/account?tab=1', 1],
  ['/t/org_acme', 2],
  ['/sign-in?returnTo=/de/konto', 3],
] as const)(
  'trap/api-down-blocks: %s is answered here while AuthKit is down, and works again after [fault/sign-in-start]',
  async ([path, hours], { workos }) => {
    // Long after the last good answer, which is believed for a while.
    await workos.clock.advance({ hours });
    await workos.failNext(JWKS, { status: 503 });
    const response = await visit(path);
    expect(response.status).toBe(503);
    expect(response.headers.getSetCookie()).toEqual([]);
    await workos.dropNext(JWKS);
    expect((await visit(path)).status).toBe(503);
    expect((await visit(path)).status).not.toBe(503);
  },
);

test('trap/api-down-blocks: who comes to /sign-in with a session that is renewed on the way keeps it, AuthKit down or not [fault/sign-in-start]', async ({
  workos,
}) => {
  await workos.clock.advance({ hours: 6 });
  const ada = await workos.signIn(expired);
  // The keys are in the cache, from here on.
  await visit('/en', (await workos.signIn({ email: 'grace@acme.test' })).cookies);
  await workos.failNext(JWKS, { status: 503 }, { times: 2 });
  const response = await visit('/sign-in', ada.cookies);
  expect(response.status).toBe(503);
  expect(response.headers.getSetCookie()).toHaveLength(1);
  expect(response).toSetSessionCookie();
});

test('trap/api-down-blocks: public pages are served while AuthKit is down [fault/sign-in-start]', async ({
  workos,
}) => {
  await workos.clock.advance({ hours: 4 });
  for (const path of ['/en', '/de', '/signed-out', '/sign-in-failed']) {
    expect((await visit(path)).status, path).toBe(200);
  }
  expect(await workos.requests()).toEqual([]);
});

test('nextjs/composable-proxy: with the keys out of reach, cached ones serve on [fault/jwks-down]', async ({
  workos,
}) => {
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  await visit('/en/account', ada.cookies);
  await workos.failNext(JWKS, { status: 503 });
  const response = await visit('/en/account', ada.cookies);
  expect(handedOn(response)['x-workos-session']).toBe(ada.cookies['wos-session']);
  // The fault waits for a request that cached keys make unnecessary.
  await workos.clearFaults();
});

test.for([400, 401, 403])(
  'nextjs/composable-proxy: a refusal with %i ends the session, for WorkOS has said so [fault/refresh]',
  async (status, { workos }) => {
    const ada = await workos.signIn(expired);
    await workos.failNext(AUTHENTICATE, { status, body: { error: 'invalid_grant' } });
    const response = await visit('/en/account', ada.cookies);
    expect(response).toRedirectToAuthKit();
    expect(response.headers.getSetCookie().join()).toMatch(/wos-session=;.*Max-Age=0/);
  },
);
