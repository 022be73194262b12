import { spawn, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { createControl, createWorkosMock } from 'workos-mock';
import { listen } from 'workos-mock/node';

/**
 * What AuthKit costs a page, beside the same page of a Next.js app without a proxy: bench/app, built with and without its
 * proxy.ts, each kind of proxy in a server of its own. They take turns in short slices and every slice is compared with
 * the one without a proxy in the same round, so that a busy machine slows all of them alike.
 */
const ROUNDS = Number(process.env.ROUNDS || 100);
const SLICE = 40;
const CONNECTIONS = 4;
/** What the files around `authkitProxy` may add to a request with a live session, in milliseconds. */
const BUDGET = 0.2;

const app = join(import.meta.dirname, 'app');
const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
const cookiePassword = 'benchmark-only-cookie-password!!';
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const stops: (() => unknown)[] = [() => agent.destroy()];

try {
  build('');
  build('built once for all proxies');

  const listening = await listen(createWorkosMock().fetch);
  stops.push(listening.close);
  const mock = createControl((request) => fetch(request), listening.url);
  const ada = await mock.signIn({ email: 'ada@acme.test', cookiePassword });
  const session = { cookie: `wos-session=${ada.cookies['wos-session']}` };

  const plain = await start('', listening.url);
  const empty = await start('empty proxy.ts', listening.url);
  const authkit = await start('authkitProxy', listening.url);
  const ours = await start('this app', listening.url);

  await measure('A page made for each request', {
    'no proxy.ts': [plain, '/'],
    'empty proxy.ts': [empty, '/'],
    'authkitProxy, anonymous': [authkit, '/'],
    'this app, anonymous': [ours, '/'],
    'authkitProxy, signed in': [authkit, '/', session],
    'this app, signed in': [ours, '/', session],
    'this app, signed in, withAuth()': [ours, '/account', session],
  });
  const authenticated = ROUNDS * SLICE * 3;
  const calls = (await mock.requests()).length;
  console.log(`\ncalls to WorkOS in ${authenticated} requests with a live session: ${calls}`);
  if (calls > 0) process.exitCode = 1;

  await measure('A static page, anonymous', {
    'no proxy.ts': [plain, '/signed-out'],
    'this app': [ours, '/signed-out'],
    'this app, left out by the matcher': [ours, '/skipped'],
  });

  const bare = await firstLoad(plain, '/bare');
  const provided = await firstLoad(plain, '/provider');
  console.log('\nJavaScript of a first load, gzip');
  console.log(`  ${kilobytes(bare)}  a page with a client component`);
  console.log(
    `  ${kilobytes(provided)}  the same in AuthKitProvider: ${kilobytes(provided - bare)} more`,
  );

  /** Asks all of them in turn, prints medians, and clears what the mock has seen before the first round. */
  async function measure(title: string, subjects: Record<string, Subject>): Promise<void> {
    for (const [name, subject] of Object.entries(subjects)) {
      const status = await slice(subject, 50);
      if (status.size !== 1 || !status.has(200)) {
        throw new Error(`${name} answered ${[...status].join()} instead of 200.`);
      }
    }
    await mock.clearRequests();
    const times: Record<string, number[]> = {};
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, subject] of Object.entries(subjects)) {
        const startedAt = performance.now();
        await slice(subject, SLICE);
        (times[name] ??= []).push((performance.now() - startedAt) / SLICE);
      }
    }
    const base = times['no proxy.ts'] ?? [];
    console.log(`\n${title}: requests/s, ms a request, times that of no proxy.ts`);
    for (const [name, own] of Object.entries(times)) {
      const ratio = median(own.map((time, round) => time / base[round]!));
      const ms = median(own);
      console.log(
        `  ${(1000 / ms).toFixed(0).padStart(5)}  ${ms.toFixed(2)}  ${ratio.toFixed(2)}x  ${name}`,
      );
    }
    const [without, withAll] = [times['authkitProxy, signed in'], times['this app, signed in']];
    if (!without || !withAll) return;
    const added = median(withAll.map((time, round) => time - without[round]!));
    const isKept = added <= BUDGET;
    console.log(
      `${isKept ? 'kept  ' : 'MISSED'}  this app adds ${added.toFixed(2)} ms to authkitProxy (at most ${BUDGET})`,
    );
    if (!isKept) process.exitCode = 1;
  }
} finally {
  for (const stop of stops) await stop();
}

type Subject = [origin: string, path: string, headers?: Record<string, string>];

function build(proxy: string): void {
  const env = { ...process.env, BENCH_PROXY: proxy, NEXT_TELEMETRY_DISABLED: '1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [next, 'build', app], {
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`next build ended with ${status}:\n${stdout}${stderr}`);
}

/** Starts the built app with one of the proxies and gives its origin once it answers. */
async function start(proxy: string, mockUrl: string): Promise<string> {
  const port = await freePort();
  const env = {
    ...process.env,
    NEXT_TELEMETRY_DISABLED: '1',
    BENCH_PROXY: proxy,
    PORT: String(port),
    WORKOS_CLIENT_ID: 'client_mock',
    WORKOS_API_KEY: 'sk_test_default',
    WORKOS_COOKIE_PASSWORD: cookiePassword,
    NEXT_PUBLIC_WORKOS_REDIRECT_URI: `http://localhost:${port}/callback`,
    WORKOS_API_HOSTNAME: 'localhost',
    WORKOS_API_PORT: new URL(mockUrl).port,
    WORKOS_API_HTTPS: 'false',
    ALLOW_WORKOS_MOCK: 'true',
  };
  const child = spawn(process.execPath, [next, 'start', app], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  stops.push(() => child.kill());
  const origin = `http://localhost:${port}`;
  for (let i = 0; i < 200; i++) {
    const isUp = await fetch(origin).then(
      () => true,
      () => false,
    );
    if (isUp) return origin;
    if (child.exitCode !== null) throw new Error(`next start ended with ${child.exitCode}.`);
    await setTimeout(100);
  }
  throw new Error(`next start does not answer at ${origin}.`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/**
 * Makes requests over connections that are kept: node:http, because fetch takes longer than some of what is measured.
 *
 * @returns The statuses of the answers.
 */
async function slice([origin, path, headers = {}]: Subject, count: number): Promise<Set<number>> {
  const statuses = new Set<number>();
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      const options = { agent, headers: { accept: 'text/html', ...headers } };
      get(origin + path, options, (response) => {
        statuses.add(response.statusCode ?? 0);
        response.resume().once('end', resolve);
      }).once('error', reject);
    });
  let left = count;
  const worker = async () => {
    while (left-- > 0) await ask();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return statuses;
}

/** Bytes, gzip, of the scripts that a page names: what a browser loads before the page reacts. */
async function firstLoad(origin: string, path: string): Promise<number> {
  const html = await (await fetch(origin + path)).text();
  const scripts = new Set(
    // Polyfills for old browsers are marked `noModule`.
    html.match(/(?<=<script src="\/_next\/)static\/[^"?]+\.js(?!" noModule)/g),
  );
  if (scripts.size === 0) throw new Error(`${path} names no scripts.`);
  const files = [...scripts].map((script) => readFile(join(app, '.next/plain', script)));
  return (await Promise.all(files)).reduce((sum, file) => sum + gzipSync(file).length, 0);
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
