import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { defaultSeed } from '../src/default-seed.ts';
import { createWorkosMock } from '../src/mock.ts';
import { listen } from '../src/node.ts';
import { toEmulatorConfig } from '../src/seed-formats.ts';

/**
 * How fast the mock is: `pnpm --filter workos-mock bench`. Rates are ratios to what this machine signs with RSA-2048 on one
 * core in the same seconds, because a token cannot cost less; medians of several rounds, which alternate when there are
 * two servers. `--emulator PATH` (the command of `@workos/emulate`) measures that beside it, with the same seed and client;
 * it answers 1,000 requests a minute unless that limit is lifted in its code, which such a run needs.
 */
const { values } = parseArgs({ options: { emulator: { type: 'string' } } });

const CONNECTIONS = 8;
const ROUNDS = 5;
const OPERATIONS = 800;
const LOGINS_FOR_MEMORY = 10_000;
const VERIFIER = 'bench-verifier-bench-verifier-bench-verifier';
const CLIENT = { client_id: 'client_mock', client_secret: 'sk_test_default' };
const AUTHORIZE = `/user_management/authorize?${new URLSearchParams({
  client_id: CLIENT.client_id,
  response_type: 'code',
  provider: 'authkit',
  redirect_uri: 'http://localhost:3000/callback',
  login_hint: 'ada@acme.test',
  code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
  code_challenge_method: 'S256',
})}`;
const PLURAL = { login: 'logins', refresh: 'refreshes' };
const MOCK = fileURLToPath(new URL('../bin/workos-mock.js', import.meta.url));

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

function send(url: string, body?: object): Promise<{ location?: string; text: string }> {
  return new Promise((resolve, reject) => {
    const headers: Record<string, string> = body ? { 'content-type': 'application/json' } : {};
    const outgoing = request(url, { agent, method: body ? 'POST' : 'GET', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        if (response.statusCode! < 400) resolve({ location: response.headers.location, text });
        else reject(new Error(`${outgoing.path}: ${response.statusCode} ${text}`));
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body && JSON.stringify(body));
  });
}

async function authenticate(base: string, grant: object): Promise<string> {
  const { text } = await send(`${base}/user_management/authenticate`, { ...CLIENT, ...grant });
  return (JSON.parse(text) as { refresh_token: string }).refresh_token;
}

async function login(base: string): Promise<string> {
  const { location } = await send(base + AUTHORIZE);
  const code = new URL(location!).searchParams.get('code');
  return authenticate(base, { grant_type: 'authorization_code', code, code_verifier: VERIFIER });
}

const refresh = (base: string, token: string) =>
  authenticate(base, { grant_type: 'refresh_token', refresh_token: token });

/** Runs an operation from as many workers as there are connections; answers operations a second and each one's time. */
async function measure(count: number, operation: (worker: number) => Promise<unknown>) {
  // A server closes what was idle for long, perhaps at the moment of its next use.
  agent.destroy();
  const times: number[] = [];
  let left = count;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async (_, worker) => {
      while (left-- > 0) {
        const before = performance.now();
        await operation(worker);
        times.push(performance.now() - before);
      }
    }),
  );
  return { perSecond: (count * 1000) / (performance.now() - startedAt), times };
}

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const payload = Buffer.alloc(600, 'x');

/** RSA-2048 signatures a second on this thread. */
function signingRate(): number {
  const startedAt = performance.now();
  let count = 0;
  for (; performance.now() - startedAt < 300; count++) sign('RSA-SHA256', payload, privateKey);
  return (count * 1000) / (performance.now() - startedAt);
}

function at(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)]!;
}
const median = (values: number[]) => at(values, 0.5);

function report(name: string, value: string): void {
  console.log(`${name.padEnd(52)} ${value}`);
}

interface Server {
  name: string;
  base: string;
  child: ChildProcess;
  /** What was measured in each round, by flow. */
  rates: Record<'login' | 'refresh', { ratio: number; perSecond: number }[]>;
  times: Record<'login' | 'refresh', number[]>;
}

async function start(name: string, command: string, port: number, args: string[] = []) {
  const child = spawn(process.execPath, [command, '--port', String(port), ...args], {
    stdio: 'ignore',
  });
  const base = `http://localhost:${port}`;
  while (!(await send(`${base}/health`).catch(() => null))) {
    if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}`);
    await setTimeout(2);
  }
  const server: Server = {
    name,
    base,
    child,
    rates: { login: [], refresh: [] },
    times: { login: [], refresh: [] },
  };
  return server;
}

async function stop({ child }: Server): Promise<void> {
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}

/** Resident memory in MB; Linux tells, elsewhere it is not a number. */
async function memoryOf({ child }: Server): Promise<number> {
  const text = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+)/.exec(text)?.[1]) / 1024;
}

async function round(server: Server): Promise<void> {
  const { base } = server;
  const tokens = await Promise.all(Array.from({ length: CONNECTIONS }, () => login(base)));
  const flows = {
    login: () => login(base),
    refresh: async (worker: number) => {
      tokens[worker] = await refresh(base, tokens[worker]!);
    },
  };
  for (const flow of ['login', 'refresh'] as const) {
    const before = signingRate();
    const { perSecond, times } = await measure(OPERATIONS, flows[flow]);
    const ratio = perSecond / ((before + signingRate()) / 2);
    server.rates[flow].push({ ratio, perSecond });
    server.times[flow].push(...times);
  }
}

report('load average, 1 minute', loadavg()[0]!.toFixed(2));
report('RSA-2048 signatures/s on one core', signingRate().toFixed(0));

const starts: number[] = [];
for (let i = 0; i < 7; i++) {
  const startedAt = performance.now();
  const server = await start('mock', MOCK, 4197);
  starts.push(performance.now() - startedAt);
  await stop(server);
}
report(
  'start to the first /health, ms',
  `${median(starts).toFixed(0)}, best ${at(starts, 0).toFixed(0)}`,
);

const servers = [await start('mock', MOCK, 4198)];
const folder = await mkdtemp(join(tmpdir(), 'bench-'));
if (values.emulator && existsSync(values.emulator)) {
  const seed = join(folder, 'seed.json');
  await writeFile(seed, JSON.stringify(toEmulatorConfig(defaultSeed).config));
  servers.push(await start('emulator', values.emulator, 4199, ['--seed', seed]));
} else {
  report('the vendor’s emulator', 'not at hand: --emulator PATH names its command');
}
try {
  for (const server of servers) {
    report(`${server.name}: memory idle, MB`, (await memoryOf(server)).toFixed(0));
    await measure(300, () => login(server.base));
  }
  for (let i = 0; i < ROUNDS; i++) for (const server of servers) await round(server);
  for (const { name, rates, times } of servers) {
    for (const flow of ['login', 'refresh'] as const) {
      const ratio = median(rates[flow].map((rate) => rate.ratio)).toFixed(2);
      const best = Math.max(...rates[flow].map((rate) => rate.perSecond)).toFixed(0);
      report(
        `${name}: ${PLURAL[flow]}/s at ${CONNECTIONS} connections`,
        `${ratio} of the signing rate, best ${best}/s`,
      );
      report(
        `${name}: ${flow}, p50 and p99, ms`,
        `${median(times[flow]).toFixed(1)} and ${at(times[flow], 0.99).toFixed(1)}`,
      );
    }
  }
  const [mock, emulator] = servers as [Server, Server?];
  if (emulator) {
    for (const flow of ['login', 'refresh'] as const) {
      const ratios = mock.rates[flow].map(
        (rate, i) => rate.perSecond / emulator.rates[flow][i]!.perSecond,
      );
      report(
        `${PLURAL[flow]}, mock to emulator, median of rounds`,
        `${median(ratios).toFixed(2)} times`,
      );
    }
  }
  for (const server of servers) {
    await measure(LOGINS_FOR_MEMORY, () => login(server.base));
    report(
      `${server.name}: memory after ${LOGINS_FOR_MEMORY} logins more, MB`,
      (await memoryOf(server)).toFixed(0),
    );
  }
} finally {
  await Promise.all(servers.map(stop));
  agent.destroy();
  await rm(folder, { recursive: true });
}

const creations: number[] = [];
for (let i = 0; i < 200; i++) {
  const startedAt = performance.now();
  const { close } = await listen(createWorkosMock().fetch);
  creations.push(performance.now() - startedAt);
  await close();
}
report(
  'a fresh mock in a test, listening, ms',
  `${median(creations).toFixed(2)}, p99 ${at(creations, 0.99).toFixed(2)}`,
);

const together = performance.now();
await Promise.all(
  Array.from({ length: 100 }, async (_, i) => {
    const mock = createWorkosMock({ seed: { users: [{ email: `only-${i}@example.test` }] } });
    const { url, close } = await listen(mock.fetch);
    await mock.signIn({ email: `only-${i}@example.test` });
    const response = await fetch(`${url}/user_management/users`, {
      headers: { authorization: 'Bearer sk_test_default' },
    });
    const { data } = (await response.json()) as { data: unknown[] };
    if (data.length !== 1) throw new Error('a mock knows somebody else’s people');
    await close();
  }),
);
report(
  '100 side by side, each with a sign-in and a list, ms',
  (performance.now() - together).toFixed(0),
);

// The cost of one among many against one among few: requests to the two take turns, so that both meet the same machine.
const mockOf = (count: number) =>
  createWorkosMock({
    seed: { users: Array.from({ length: count }, (_, i) => ({ email: `u${i}@example.test` })) },
  });
const sizes = [200, 100_000];
const mocks = sizes.map(mockOf);
setFlagsFromString('--expose-gc');
(runInNewContext('gc') as () => void)();
for (const [name, pathOf] of [
  ['list 10 users', () => '/user_management/users?limit=10'],
  [
    'find one by e-mail',
    (size: number) => `/user_management/users?email=u${size >> 1}@example.test`,
  ],
  ['sign in without a page', null],
] as const) {
  const times: number[][] = [[], []];
  for (let i = 0; i < 4000; i++) {
    const which = i % 2;
    const startedAt = performance.now();
    if (pathOf) {
      const url = `http://localhost${pathOf(sizes[which]!)}`;
      const headers = { authorization: 'Bearer sk_test_default' };
      await (await mocks[which]!.fetch(new Request(url, { headers }))).text();
    } else {
      await mocks[which]!.signIn({ email: 'u100@example.test' });
    }
    if (i > 1000) times[which]!.push(performance.now() - startedAt);
  }
  report(
    `${name}: 100,000 users to 200`,
    `${(median(times[1]!) / median(times[0]!)).toFixed(2)} times`,
  );
}
