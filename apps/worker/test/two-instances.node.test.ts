import { createControl, createWorkosMock, type MockControl } from 'workos-mock';
import { listen } from 'workos-mock/node';
import { expect, onTestFinished, test } from 'vitest';
import { unstable_startWorker as startWorker } from 'wrangler';
import { Browser } from './browser.ts';

/** How many times eight requests meet an expired session at once; `ROUNDS=1000 vitest run two-instances` for certainty. */
const ROUNDS = Number(process.env.ROUNDS || 6);
if (!Number.isInteger(ROUNDS) || ROUNDS < 1) throw new Error('ROUNDS must be 1, 2, 3, …');
const AT_ONCE = 8;
const patient = { timeout: 60_000 + ROUNDS * 500 };
const cookiePassword = 'two-instances-only-cookie-password';
const json = { headers: { accept: 'application/json' } };

/** A mock that honours an exchanged refresh token for so many seconds. */
async function startMock(refreshGrace: number): Promise<MockControl & { port: string }> {
  const { url, close } = await listen(createWorkosMock({ refreshGrace }).fetch);
  onTestFinished(close);
  return { ...createControl((request) => fetch(request), url), port: new URL(url).port };
}

/** The Worker in a process of its own, with Durable Objects that no other instance sees. */
async function startInstance(mockPort: string) {
  const secret = (value: string) => ({ type: 'plain_text' as const, value });
  const worker = await startWorker({
    config: 'wrangler.jsonc',
    envFiles: [],
    bindings: {
      WORKOS_CLIENT_ID: secret('client_mock'),
      WORKOS_API_KEY: secret('sk_test_default'),
      WORKOS_COOKIE_PASSWORD: secret(cookiePassword),
      WORKOS_WEBHOOK_SECRET: secret('two-instances-only-secret'),
      WORKOS_API_HOSTNAME: secret('localhost'),
      WORKOS_API_PORT: secret(mockPort),
      WORKOS_API_HTTPS: secret('false'),
    },
    dev: { logLevel: 'none', server: { port: 0 }, inspector: false, watch: false, persist: false },
  });
  onTestFinished(() => worker.dispose());
  const url = await worker.url;
  return {
    send: (path: string, init?: RequestInit) =>
      fetch(new URL(path, url), { redirect: 'manual', ...init }),
    stop: () => worker.dispose(),
  };
}
type Instance = Awaited<ReturnType<typeof startInstance>>;

/** Hands each request to the next instance, as a balancer does. */
function roundRobin(instances: Instance[]) {
  let turn = 0;
  return (path: string, init?: RequestInit) =>
    instances[turn++ % instances.length]!.send(path, init);
}

/** Rounds of requests that meet an expired session at once; how many of them found the person signed out. */
async function race(workos: MockControl, send: Instance['send']) {
  let signedOut = 0;
  let refreshes = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const { cookies } = await workos.signIn({
      email: 'ada@acme.test',
      cookiePassword,
      tokenAge: { minutes: 6 },
    });
    const browsers = Array.from({ length: AT_ONCE }, () => new Browser(send, cookies));
    const statuses = await Promise.all(
      browsers.map(async (browser) => (await browser.request('/me', json)).status),
    );
    expect(statuses.filter((status) => status !== 200 && status !== 401)).toEqual([]);
    signedOut += statuses.filter((status) => status === 401).length;
    // What one of them was told to keep is what the browser has in the end.
    const kept = browsers.findLast(({ cookies }) => cookies.has('wos-session'));
    expect((await kept?.request('/me', json))?.status, `round ${round}`).toBe(200);
    // Round by round: the mock remembers its latest requests only.
    refreshes += (await workos.requests({ grantType: 'refresh_token' })).length;
    await workos.clearRequests();
  }
  return { signedOut, refreshes };
}

test(
  `ask/two-instances: two Workers behind a balancer share sessions, ${ROUNDS} rounds of ${AT_ONCE} requests at expiry sign nobody out [load/two-instances]`,
  patient,
  async () => {
    const workos = await startMock(10);
    const instances = await Promise.all([startInstance(workos.port), startInstance(workos.port)]);
    const { signedOut, refreshes } = await race(workos, roundRobin(instances));
    expect(signedOut).toBe(0);
    // One an instance: each has an object of its own for the session.
    expect(refreshes).toBe(2 * ROUNDS);
  },
);

test(
  `ask/refresh-race: on one Worker ${ROUNDS} rounds of ${AT_ONCE} requests at expiry sign nobody out, at a server without grace too [load/refresh-race]`,
  patient,
  async () => {
    for (const grace of [10, 0]) {
      const workos = await startMock(grace);
      const { send } = await startInstance(workos.port);
      expect(await race(workos, send)).toEqual({ signedOut: 0, refreshes: ROUNDS });
    }
  },
);

test(
  'ask/two-instances: where two Workers share no Durable Object, only the server’s grace keeps people signed in [load/two-instances]',
  patient,
  async () => {
    const workos = await startMock(0);
    const instances = await Promise.all([startInstance(workos.port), startInstance(workos.port)]);
    const { signedOut, refreshes } = await race(workos, roundRobin(instances));
    // Who comes after a refusal asks again: a refusal is remembered by nobody.
    expect(refreshes).toBeGreaterThanOrEqual(2 * ROUNDS);
    // Whichever instance came second was refused, and half of the requests are its own.
    expect(signedOut).toBe((ROUNDS * AT_ONCE) / 2);
  },
);

test('ask/two-instances: a sign-in begun at one Worker ends at the other, and a session outlives a restart [load/two-instances]', async () => {
  const workos = await startMock(10);
  const [first, second] = await Promise.all([
    startInstance(workos.port),
    startInstance(workos.port),
  ]);
  let send = roundRobin([first, second]);
  const browser = new Browser((path, init) => send(path, init));
  // The first answers /login, the second /callback.
  const callback = await browser.signIn('ada@acme.test');
  expect(callback.headers.get('location')).toBe('/me');
  await first.stop();
  send = second.send;
  expect((await browser.request('/me', json)).status).toBe(200);
  const restarted = await startInstance(workos.port);
  send = roundRobin([restarted, second]);
  for (let i = 0; i < 4; i++) {
    expect((await browser.request('/me', json)).status).toBe(200);
  }
  const { cookies } = await workos.signIn({
    email: 'grace@acme.test',
    cookiePassword,
    tokenAge: { minutes: 6 },
  });
  const statuses = await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      const { status } = await new Browser(send, cookies).request('/me', json);
      return status;
    }),
  );
  expect(new Set(statuses)).toEqual(new Set([200]));
});
