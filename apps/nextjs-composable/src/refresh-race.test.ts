import type { NextRequest as Request } from 'next/server';
import { afterEach, beforeEach, vi } from 'vitest';
import { createWorkosMock } from 'workos-mock';
import { listen } from 'workos-mock/node';
import { expect, test } from 'workos-mock/vitest';
import { withoutWaits } from '../test/no-answer';
import { cookieHeader, handedOn, ORIGIN, visit } from '../test/visit';

/** How many times eight requests meet an expired session at once; `ROUNDS=1000 vitest run refresh-race` for certainty. */
const ROUNDS = Number(process.env.ROUNDS || 10);
if (!Number.isInteger(ROUNDS) || ROUNDS < 1) throw new Error('ROUNDS must be 1, 2, 3, …');
const patient = { timeout: 30_000 + ROUNDS * 500 };
const AUTHENTICATE = 'POST /user_management/authenticate';
const expired = { email: 'ada@acme.test', tokenAge: { minutes: 6 } };

beforeEach(() => {
  vi.spyOn(console, 'info').mockImplementation(() => {});
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.resetModules();
});

type Proxy = (request: Request) => Promise<Response>;

/** The proxy of this app, and the document's own three lines. */
const ours = async (): Promise<Proxy> => (await import('./proxy')).default;
const naive = async (): Promise<Proxy> => {
  const sdk = await import('@workos-inc/authkit-nextjs');
  return async (request) => {
    const { session, headers, authorizationUrl } = await sdk.authkit(request);
    return sdk.handleAuthkitProxy(request, headers, {
      redirect: session.user ? undefined : authorizationUrl,
    });
  };
};

/** A mock with its own grace period, in seconds, and a server of its own: the SDK reads its settings when it is imported. */
async function start(refreshGrace: number, load: () => Promise<Proxy>) {
  const mock = createWorkosMock({ refreshGrace });
  const { port, close } = await listen(mock.fetch);
  vi.stubEnv('WORKOS_API_PORT', String(port));
  vi.resetModules();
  const proxy = await load();
  const { NextRequest } = await import('next/server');
  const ask = (cookies: Record<string, string>) => {
    const headers = { accept: 'text/html', cookie: cookieHeader(cookies) };
    return proxy(new NextRequest(`${ORIGIN}/en/account`, { headers }));
  };
  return { mock, ask, close };
}

/**
 * Lets eight requests at once meet an expired session, again and again.
 *
 * @param grace How long the mock honours an exchanged refresh token, in seconds.
 * @returns In how many rounds one of them was not let through or lost its cookie, and the most refreshes of one round.
 */
async function race(rounds: number, grace: number, load: () => Promise<Proxy>) {
  const { mock, ask, close } = await start(grace, load);
  let unlucky = 0;
  let refreshes = 0;
  for (let round = 0; round < rounds; round++) {
    const { cookies } = await mock.signIn(expired);
    const responses = await Promise.all(Array.from({ length: 8 }, () => ask(cookies)));
    const isLucky = responses.every(
      ({ headers, status }) =>
        status === 200 &&
        headers.get('x-middleware-next') === '1' &&
        !headers.getSetCookie().some((line) => line.startsWith('wos-session=;')),
    );
    if (!isLucky) unlucky++;
    refreshes = Math.max(refreshes, (await mock.requests({ endpoint: AUTHENTICATE })).length);
    await mock.clearRequests();
  }
  await close();
  return { unlucky, refreshes };
}

test('trap/refresh-race: without a grace period, authkit() alone signs the person out in every round', async () => {
  expect(await race(8, 0, naive)).toEqual({ unlucky: 8, refreshes: 8 });
});

test(
  'ask/refresh-race: without a grace period this app signs nobody out, in any round of eight requests [load/refresh-race]',
  patient,
  async () => {
    expect(await race(ROUNDS, 0, ours)).toEqual({ unlucky: 0, refreshes: 1 });
  },
);

test(
  'ask/refresh-race: with the documented grace period neither does it [load/refresh-race]',
  patient,
  async () => {
    expect(await race(ROUNDS, 10, ours)).toEqual({ unlucky: 0, refreshes: 1 });
  },
);

test('ask/refresh-race: without a grace period an answer to a refresh that is lost ends the session, whoever tries again; only WorkOS can mend that [fault/refresh]', async () => {
  withoutWaits();
  const { mock, ask, close } = await start(0, ours);
  const { cookies } = await mock.signIn(expired);
  await mock.dropNext(AUTHENTICATE, { after: true });
  const response = await ask(cookies);
  expect(response).toRedirectToAuthKit();
  expect(response).toDeleteSessionCookie();
  await close();
});

test('ask/refresh-race: 50 requests at once, of every kind, are one refresh, and all are answered [fault/concurrent-refresh]', async ({
  workos,
}) => {
  const ada = await workos.signIn(expired);
  await workos.delayNext(AUTHENTICATE, { milliseconds: 50 });
  const paths = ['/en', '/de/konto', '/account', '/t/org_acme', '/sign-in'];
  const responses = await Promise.all(
    Array.from({ length: 50 }, (_, i) => visit(`${paths[i % paths.length]}?${i}`, ada.cookies)),
  );
  for (const response of responses) {
    expect(response).toSetSessionCookie();
    expect(response).not.toRedirectToAuthKit();
  }
  const sessions = responses.map((response) => handedOn(response)['x-workos-session']);
  expect(new Set(sessions.filter(Boolean)).size).toBe(1);
  expect(await workos.requests({ endpoint: AUTHENTICATE })).toHaveLength(1);
});

test('ask/refresh-race: a session that is renewed twice on the way, for want of keys, leaves the browser the newer one [fault/jwks-down]', async ({
  workos,
}) => {
  // Cached keys are too old by then.
  await workos.clock.advance({ hours: 1 });
  const ada = await workos.signIn(expired);
  await workos.failNext('GET /sso/jwks/:clientId', { status: 503 }, { times: 2 });
  const response = await visit('/en/account', ada.cookies);
  expect(await workos.requests({ endpoint: AUTHENTICATE })).toHaveLength(2);
  expect(response.headers.getSetCookie()).toEqual([
    expect.stringContaining(`wos-session=${handedOn(response)['x-workos-session']};`),
  ]);
});

test('ask/refresh-race: two people at once do not get each other’s session [fault/concurrent-refresh]', async ({
  workos,
}) => {
  const people = await Promise.all(
    ['ada@acme.test', 'grace@acme.test'].map((email) => workos.signIn({ ...expired, email })),
  );
  const [ada, grace] = await Promise.all(
    people.map(({ cookies }) =>
      Promise.all([visit('/en/account', cookies), visit('/de/konto', cookies)]),
    ),
  );
  const seals = [...(ada ?? []), ...(grace ?? [])].map(
    (response) => handedOn(response)['x-workos-session'],
  );
  expect(seals[0]).toBe(seals[1]);
  expect(seals[2]).toBe(seals[3]);
  expect(seals[0]).not.toBe(seals[2]);
});

test('ask/refresh-race: an outage is one for all of them, and costs nobody the session [fault/concurrent-refresh]', async ({
  workos,
}) => {
  withoutWaits();
  const ada = await workos.signIn(expired);
  await workos.failNext(AUTHENTICATE, { status: 503 }, { times: 1_000 });
  const during = await Promise.all(
    Array.from({ length: 4 }, () => visit('/en/account', ada.cookies)),
  );
  expect(during.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
  await workos.clearFaults();
  expect(await visit('/en/account', ada.cookies)).toSetSessionCookie();
});
