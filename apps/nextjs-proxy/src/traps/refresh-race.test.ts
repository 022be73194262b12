import { createWorkosMock } from 'workos-mock';
import { listen } from 'workos-mock/node';
import { afterEach, expect, test, vi } from 'vitest';

/** How many times eight requests meet an expired session at once; `ROUNDS=1000 vitest run refresh-race` for certainty. */
const ROUNDS = Number(process.env.ROUNDS || 100);
if (!Number.isInteger(ROUNDS) || ROUNDS < 1) throw new Error('ROUNDS must be 1, 2, 3, …');
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

/** How many of `rounds` rounds of eight parallel requests on an expired session ended with a deleted cookie. */
async function signedOut(
  rounds: number,
  refreshGrace: number,
  instances: number,
  load: () => Promise<Proxy>,
) {
  const { mock, proxies, close } = await start(refreshGrace, instances, load);
  const { NextRequest } = await import('next/server');
  let count = 0;
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
    const lines = responses.flatMap((response) => response.headers.getSetCookie());
    if (lines.some((line) => line.startsWith('wos-session=;'))) count++;
  }
  await close();
  return count;
}

test('trap/refresh-race: without a grace period the naive proxy deletes the cookie that the winner set', async () => {
  expect(await signedOut(8, 0, 1, naive)).toBe(8);
});

test('trap/refresh-race: with the documented grace period it does not', async () => {
  expect(await signedOut(20, 10, 1, naive)).toBe(0);
});

test(
  'ask/refresh-race: without a grace period this app signs nobody out, in any round of eight requests [load/refresh-race]',
  patient,
  async () => {
    expect(await signedOut(ROUNDS, 0, 1, ours)).toBe(0);
  },
);

test(
  'ask/refresh-race: with the documented grace period neither does it [load/refresh-race]',
  patient,
  async () => {
    expect(await signedOut(ROUNDS, 10, 1, ours)).toBe(0);
  },
);

test(
  'ask/two-instances: two servers behind a balancer, one restarted midway, with the documented grace period [load/two-instances]',
  patient,
  async () => {
    expect(await signedOut(Math.ceil(ROUNDS / 2), 10, 2, ours)).toBe(0);
  },
);

test('ask/two-instances: without a grace period the slower server loses; only WorkOS can mend that', async () => {
  expect(await signedOut(8, 0, 2, ours)).toBeGreaterThan(0);
});
