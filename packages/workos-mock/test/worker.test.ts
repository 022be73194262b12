import { fileURLToPath } from 'node:url';
import { convertV4MiniflareOptions, Miniflare, type V4MiniflareOptions } from 'miniflare';
import { build } from 'rolldown';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createWorkosMock } from '../src/mock.ts';
import { outboundService, workerHandler } from '../src/worker.ts';

// Two Workers are bundled and workerd is started.
vi.setConfig({ testTimeout: 30_000 });

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** One of the two Workers below, as one script for workerd. */
async function bundle(file: string): Promise<string> {
  const { output } = await build({
    input: path(file),
    write: false,
    platform: 'browser',
    resolve: { conditionNames: ['workerd', 'worker', 'import'] },
    output: { format: 'esm', codeSplitting: false },
    logLevel: 'silent',
  });
  return output[0].code;
}

/** Starts real workerd. */
async function start(options: V4MiniflareOptions): Promise<Miniflare> {
  const workerd = new Miniflare(convertV4MiniflareOptions(options));
  onTestFinished(() => workerd.dispose());
  await workerd.ready;
  return workerd;
}

const compatibilityDate = '2026-07-01';

test('what a Worker sends out is answered by a mock outside of it, whose state the test sees', async () => {
  const mock = createWorkosMock();
  const { refreshToken, user } = await mock.signIn({ email: 'ada@acme.test' });
  const workerd = await start({
    modules: true,
    script: await bundle('./worker/client.ts'),
    compatibilityDate,
    outboundService: outboundService(mock) as never,
  });
  const response = await workerd.dispatchFetch(`http://client.test/?refresh_token=${refreshToken}`);
  expect(await response.json()).toEqual({ email: 'ada@acme.test', users: 4 });
  expect(await mock.requests({ grantType: 'refresh_token', userId: user.id })).toHaveLength(1);
});

test('the mock runs in workerd itself, and a Worker that is bound to it keeps WorkOS’ host', async () => {
  const workerd = await start({
    workers: [
      {
        name: 'client',
        modules: true,
        script: await bundle('./worker/client.ts'),
        compatibilityDate,
        outboundService: 'workos',
      },
      {
        name: 'workos',
        modules: true,
        script: await bundle('./worker/mock.ts'),
        compatibilityDate,
      },
    ],
  });
  const signIn = await workerd.getWorker('workos').then((worker) =>
    worker.fetch('https://api.workos.com/_mock/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'ada@acme.test' }),
    }),
  );
  const { response } = (await signIn.json()) as { response: { refresh_token: string } };
  const answer = await workerd.dispatchFetch(
    `http://client.test/?refresh_token=${response.refresh_token}`,
  );
  expect(await answer.json()).toEqual({ email: 'ada@acme.test', users: 4 });
});

test.for([
  ['the internet', '203.0.113.7', 403],
  ['the internet, by IPv6', '2001:db8::1', 403],
  ['this machine', '127.0.0.1', 200],
  ['this machine, by IPv6', '::1', 200],
  ['a service binding', null, 200],
] as const)(
  'a mock that was deployed by mistake does not answer the internet: %s [attack/mock-exposed]',
  async ([, address, status]) => {
    const headers = new Headers(address ? { 'cf-connecting-ip': address } : {});
    const request = new Request('https://mock.example/_mock/seed', { headers });
    expect((await workerHandler().fetch(request)).status).toBe(status);
  },
);
