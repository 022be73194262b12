import { createWorkosMock } from 'workos-mock';
import { listen } from 'workos-mock/node';
import { afterEach, expect, test, vi } from 'vitest';
import { withoutWaits } from '../../test/no-answer';

/** How many times eight requests meet an expired session at once; `ROUNDS=1000 vitest run refresh-race` for certainty. */
const ROUNDS = Number(process.env.ROUNDS || 10);
if (!Number.isInteger(ROUNDS) || ROUNDS < 1) throw new Error('ROUNDS must be 1, 2, 3, …');
const REFRESH = 'POST /user_management/authenticate';
const patient = { timeout: 30_000 + ROUNDS * 500 };

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

type Proxy = (request: never, event: never) => Promise<Response>;

/** A mock with its own grace period, and as many server instances as are asked for: each a module graph of its own. */
async function start(refreshGrace: number, instances: number, load: () => Promise<Proxy>) {
  const mock = createWorkosMock({ refreshGrace });
  const { port, close } = await listen(mock.fetch);
  vi.stubEnv('WORKOS_API_PORT', String(port));
  const proxies: Proxy[] = [];
  for (let i = 0; i < instances; i++) {
    vi.resetModules();
    proxies.push(await load());
  }
  return { mock, proxies, close };
}

const ours = async () => (await import('../proxy')).default as unknown as Proxy;
const naive = async () =>
  (await import('@workos-inc/authkit-nextjs')).authkitProxy() as unknown as Proxy;

/**
 * Lets eight parallel requests meet an expired session, `rounds` times.
 *
 * @returns In how many rounds one of them was not let through or lost its cookie, and the most refreshes of one round.
 */
async function race(
  rounds: number,
  refreshGrace: number,
  instances: number,
  load: () => Promise<Proxy>,
) {
  const { mock, proxies, close } = await start(refreshGrace, instances, load);
  const { NextRequest } = await import('next/server');
  let unlucky = 0;
  let refreshes = 0;
  for (let round = 0; round < rounds; round++) {
    if (instances > 1 && round === rounds >> 1) {
      // One of several is restarted, and remembers nothing.
      vi.resetModules();
      proxies[1] = await load();
    }
    const { cookies } = await mock.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
    const responses = await Promise.all(
      Array.from({ length: 8 }, (_, i) => {
        const headers = { accept: 'text/html', cookie: `wos-session=${cookies['wos-session']}` };
        const request = new NextRequest('http://localhost:3000/account', { headers });
        return proxies[i % proxies.length]!(request as never, { waitUntil: () => {} } as never);
      }),
    );
    const lucky = responses.every(
      ({ headers }) =>
        headers.get('x-middleware-next') === '1' &&
        !headers.getSetCookie().some((line) => line.startsWith('wos-session=;')),
    );
    if (!lucky) unlucky++;
    refreshes = Math.max(refreshes, (await mock.requests({ endpoint: REFRESH })).length);
    await mock.clearRequests();
  }
  await close();
  return { unlucky, refreshes };
}

test('trap/refresh-race: without a grace period the naive proxy deletes the cookie that the winner set', async () => {
  expect(await race(8, 0, 1, naive)).toMatchObject({ unlucky: 8 });
});

test('trap/refresh-race: with the documented grace period it does not', async () => {
  expect(await race(20, 10, 1, naive)).toMatchObject({ unlucky: 0 });
});

test(
  'ask/refresh-race: without a grace period this app signs nobody out, in any round of eight requests [load/refresh-race]',
  patient,
  async () => {
    expect(await race(ROUNDS, 0, 1, ours)).toEqual({ unlucky: 0, refreshes: 1 });
  },
);

test(
  'ask/refresh-race: with the documented grace period neither does it [load/refresh-race]',
  patient,
  async () => {
    expect(await race(ROUNDS, 10, 1, ours)).toEqual({ unlucky: 0, refreshes: 1 });
  },
);

test(
  'ask/two-instances: two servers behind a balancer, one restarted midway, with the documented grace period [load/two-instances]',
  patient,
  async () => {
    expect(await race(Math.ceil(ROUNDS / 2), 10, 2, ours)).toEqual({ unlucky: 0, refreshes: 2 });
  },
);

test('ask/two-instances: without a grace period the slower server loses; only WorkOS can mend that', async () => {
  expect((await race(8, 0, 2, ours)).unlucky).toBeGreaterThan(0);
});

test('ask/refresh-race: without a grace period an answer to a refresh that is lost ends the session, whoever tries again; only WorkOS can mend that [fault/refresh]', async () => {
  withoutWaits();
  const { mock, proxies, close } = await start(0, 1, ours);
  const { NextRequest } = await import('next/server');
  const { cookies } = await mock.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
  await mock.dropNext(REFRESH, { after: true });
  const headers = { accept: 'text/html', cookie: `wos-session=${cookies['wos-session']}` };
  const request = new NextRequest('http://localhost:3000/account', { headers });
  const response = await proxies[0]!(request as never, { waitUntil: () => {} } as never);
  expect(response.headers.get('location')).toContain('/user_management/authorize');
  expect(response.headers.getSetCookie().join()).toMatch(/wos-session=;/);
  await close();
});
