import { createWorkosMock } from 'workos-mock';
import { listen } from 'workos-mock/node';
import { afterEach, expect, test, vi } from 'vitest';

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

test(
  'ask/refresh-race: without a grace period this app signs nobody out, in 100 rounds of 8',
  { timeout: 60_000 },
  async () => {
    expect(await signedOut(100, 0, 1, ours)).toBe(0);
  },
);

test(
  'ask/refresh-race: with the documented grace period neither does',
  { timeout: 60_000 },
  async () => {
    expect(await signedOut(20, 10, 1, naive)).toBe(0);
    expect(await signedOut(100, 10, 1, ours)).toBe(0);
  },
);

test(
  'ask/two-instances: two servers behind a balancer, with the documented grace period',
  { timeout: 60_000 },
  async () => {
    expect(await signedOut(50, 10, 2, ours)).toBe(0);
  },
);

test('ask/two-instances: without a grace period the slower server loses; only WorkOS can mend that', async () => {
  expect(await signedOut(8, 0, 2, ours)).toBeGreaterThan(0);
});
