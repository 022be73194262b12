import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { createControl, createWorkosMock } from 'workos-mock';
import { listen } from 'workos-mock/node';

/** What a verified API request costs, beside a Worker that says hello in the same workerd; and what is uploaded. */
const SECONDS = 4;
const CONNECTIONS = 16;
const ROUNDS = 3;
/** Requests per second in parts of the hello-world Worker's, at least. Checking an RSA signature alone brings it to 0.6. */
const SPEED_BUDGET = 0.25;
/** Upload, gzip, in parts of a Worker that only makes a client, at most: Hono, the verification and thirty routes on top. */
const SIZE_BUDGET = 1.7;

const cookiePassword = 'benchmark-only-cookie-password!!';
const stops: (() => unknown)[] = [];
const folder = await mkdtemp(join(import.meta.dirname, '../../.wrangler-bench-'));
const sources = {
  hello: 'export default { fetch: () => new Response("hello") };',
  client: `import { createWorkOS } from '@workos-inc/node/worker';
    export default { fetch: () => Response.json(createWorkOS({ apiKey: 'sk_x', clientId: 'client_x' }).baseURL) };`,
  verification: `import { verifyAccessToken } from '../src/verify-access-token';
    export default { fetch: async (r, env) => Response.json(await verifyAccessToken(r.headers.get('x'), env)) };`,
};
try {
  const scripts = {
    worker: await build('worker', 'src/index.ts'),
    hello: await build('hello'),
    client: await build('client'),
    verification: await build('verification'),
  };
  const size = (name: keyof typeof scripts) => gzipSync(scripts[name]).length;
  for (const name of ['worker', 'client', 'verification'] as const) {
    console.log(`upload  ${name.padEnd(14)} ${(size(name) / 1000).toFixed(1)} kB gzip`);
  }
  report('upload, worker / client', size('worker') / size('client'), SIZE_BUDGET, 'at most');

  const listening = await listen(createWorkosMock().fetch);
  stops.push(listening.close);
  const mock = createControl((request) => fetch(request), listening.url);
  const signedIn = await mock.signIn({
    email: 'ada@acme.test',
    cookiePassword,
  });
  const worker = await start('worker', scripts.worker, listening.url);
  const hello = await start('hello', scripts.hello, listening.url);
  const cookie = `wos-session=${signedIn.cookies['wos-session']}`;
  const requests = {
    hello: { url: hello.url, headers: {} },
    api: { url: new URL('/api/me', worker.url), headers: signedIn.headers },
    session: { url: new URL('/me', worker.url), headers: { cookie } },
  };
  for (const { url, headers } of Object.values(requests)) {
    const { status } = await fetch(url, { headers });
    if (status !== 200) throw new Error(`${url.pathname} answered ${status}`);
  }
  await mock.clearRequests();
  const rates = { hello: [0], api: [0], session: [0] };
  // They take turns, so that they share the weather.
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of ['hello', 'api', 'session'] as const) {
      rates[name].push(await rate(requests[name].url, requests[name].headers));
    }
  }
  const best = (name: keyof typeof rates) => Math.max(...rates[name]);
  for (const name of ['hello', 'api', 'session'] as const) {
    console.log(`rate    ${name.padEnd(14)} ${best(name).toFixed(0)} requests/s`);
  }
  console.log(`session / hello ${(best('session') / best('hello')).toFixed(2)}`);
  report('rate, api / hello', best('api') / best('hello'), SPEED_BUDGET, 'at least');
  const calls = (await mock.requests()).length;
  report('calls to WorkOS while the keys are cached', calls, 0, 'at most');
} finally {
  for (const stop of stops) await stop();
  await rm(folder, { recursive: true });
}

async function build(name: string, entry?: string): Promise<string> {
  const main = entry ?? join(folder, `${name}.ts`);
  const out = join(folder, name);
  if (!entry) await writeFile(main, sources[name as keyof typeof sources]);
  const config = join(folder, `${name}.json`);
  // The app's own configuration for the app; none of its bindings for the others.
  await writeFile(config, JSON.stringify({ name, compatibility_date: '2026-11-01' }));
  const args = ['deploy', main, '--dry-run', '--minify', '--outdir', out];
  execFileSync('wrangler', entry ? args : [...args, '--config', config], { stdio: 'pipe' });
  return readFile(join(out, entry ? 'index.js' : `${name}.js`), 'utf8');
}

/** Runs a script in workerd itself: what `wrangler dev` puts in front of it would be measured, too. */
async function start(name: keyof typeof sources | 'worker', script: string, mockUrl: string) {
  const port = await freePort();
  const bindings = {
    WORKOS_CLIENT_ID: 'client_mock',
    WORKOS_API_KEY: 'sk_test_default',
    WORKOS_COOKIE_PASSWORD: cookiePassword,
    WORKOS_WEBHOOK_SECRET: 'benchmark-only-secret',
    WORKOS_API_HOSTNAME: 'localhost',
    WORKOS_API_PORT: new URL(mockUrl).port,
    WORKOS_API_HTTPS: 'false',
    CORS_ORIGINS: '',
  };
  const text = Object.entries(bindings).map(
    ([key, value]) => `(name = "${key}", text = "${value}")`,
  );
  const classes = name === 'worker' ? ['SessionRefresh', 'WebhookDeliveries', 'Posts'] : [];
  const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker", esModule = embed "${name}.js")],
      compatibilityDate = "2026-11-01",
      compatibilityFlags = ["no_nodejs_compat"],
      bindings = [${text.join(', ')}],
      durableObjectNamespaces = [${classes.map((c) => `(className = "${c}", uniqueKey = "${c}")`).join(', ')}],
      durableObjectStorage = (inMemory = void),
    )),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
`;
  await writeFile(join(folder, `${name}.js`), script);
  const file = join(folder, `${name}.capnp`);
  await writeFile(file, config);
  const child = spawn('workerd', ['serve', file], { stdio: ['ignore', 'ignore', 'inherit'] });
  stops.push(() => child.kill());
  const url = new URL(`http://localhost:${port}/`);
  for (let i = 0; i < 100; i++) {
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isUp) return { url };
    await setTimeout(100);
  }
  throw new Error(`workerd does not answer at ${url.href}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Requests per second over connections that are kept: node:http, because fetch would take longer than the Worker. */
async function rate(url: URL, headers: Record<string, string>): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const until = performance.now() + SECONDS * 1000;
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      get(url, { agent, headers }, (response) => response.resume().once('end', resolve)).once(
        'error',
        reject,
      );
    });
  const counts = await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      let count = 0;
      for (; performance.now() < until; count++) await ask();
      return count;
    }),
  );
  agent.destroy();
  return counts.reduce((sum, count) => sum + count, 0) / SECONDS;
}

function report(what: string, value: number, budget: number, bound: 'at least' | 'at most'): void {
  const isKept = bound === 'at least' ? value >= budget : value <= budget;
  console.log(`${isKept ? 'kept  ' : 'MISSED'}  ${what}: ${value.toFixed(2)} (${bound} ${budget})`);
  if (!isKept) process.exitCode = 1;
}
