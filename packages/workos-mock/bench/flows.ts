import { spawn } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createWorkosMock } from '../src/mock.ts';

/**
 * How fast the mock is, as ratios to what this machine can sign with RSA-2048 on one core: a token cannot cost less.
 * Run it on a quiet machine: `pnpm --filter workos-mock bench`. `--url http://…` measures another server with the same
 * flows, e.g. the vendor's emulator, in the same minutes.
 */

const CONNECTIONS = 8;
const WARM_UP = 200;
const OPERATIONS = 3000;
const REDIRECT = 'http://localhost:3000/callback';
const VERIFIER = 'bench-verifier-bench-verifier-bench-verifier';
const CLIENT = { client_id: 'client_mock', client_secret: 'sk_test_default' };

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

function send(url: string, body?: object): Promise<{ location?: string; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        agent,
        method: body ? 'POST' : 'GET',
        headers: body ? { 'content-type': 'application/json' } : {},
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          if (response.statusCode! >= 400)
            reject(new Error(`${url}: ${response.statusCode} ${text}`));
          else resolve({ location: response.headers.location, text });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body && JSON.stringify(body));
  });
}

async function login(base: string): Promise<{ refresh_token: string }> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(VERIFIER));
  const query = new URLSearchParams({
    client_id: CLIENT.client_id,
    response_type: 'code',
    provider: 'authkit',
    redirect_uri: REDIRECT,
    login_hint: 'ada@acme.test',
    code_challenge: Buffer.from(hash).toString('base64url'),
    code_challenge_method: 'S256',
  });
  const { location } = await send(`${base}/user_management/authorize?${query}`);
  const code = new URL(location!).searchParams.get('code');
  const body = { ...CLIENT, grant_type: 'authorization_code', code, code_verifier: VERIFIER };
  const { text } = await send(`${base}/user_management/authenticate`, body);
  return JSON.parse(text) as { refresh_token: string };
}

async function refresh(base: string, token: string): Promise<string> {
  const body = { ...CLIENT, grant_type: 'refresh_token', refresh_token: token };
  const { text } = await send(`${base}/user_management/authenticate`, body);
  return (JSON.parse(text) as { refresh_token: string }).refresh_token;
}

/** Runs `operation` from as many workers as there are connections; answers rates and percentiles. */
async function measure(operation: (worker: number) => Promise<void>, count = OPERATIONS) {
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
  const seconds = (performance.now() - startedAt) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)]!;
  return { perSecond: count / seconds, p50: at(0.5), p99: at(0.99) };
}

/** RSA-2048 signatures a second on this thread. */
function signingRate(): number {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const data = Buffer.alloc(600, 'x');
  const startedAt = performance.now();
  let count = 0;
  while (performance.now() - startedAt < 700) {
    sign('RSA-SHA256', data, privateKey);
    count++;
  }
  return (count * 1000) / (performance.now() - startedAt);
}

async function residentMegabytes(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => 'VmRSS: 0 kB');
  return Number(/VmRSS:\s+(\d+)/.exec(text)?.[1]) / 1024;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

async function startOnce(): Promise<number> {
  const startedAt = performance.now();
  const child = spawnMock(4197);
  for (;;) {
    try {
      await send('http://127.0.0.1:4197/health');
      break;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
  const milliseconds = performance.now() - startedAt;
  child.kill();
  await new Promise((resolve) => child.once('exit', resolve));
  return milliseconds;
}

function spawnMock(port: number) {
  const command = fileURLToPath(new URL('../bin/workos-mock.js', import.meta.url));
  return spawn(process.execPath, [command, '--port', String(port)], { stdio: 'ignore' });
}

const other = process.argv[process.argv.indexOf('--url') + 1];
const isOther = process.argv.includes('--url');
const rows: [string, string][] = [];
const report = (name: string, value: string) => {
  rows.push([name, value]);
  console.log(`${name.padEnd(46)} ${value}`);
};

report('load average, 1 minute', loadavg()[0]!.toFixed(2));
const rateBefore = signingRate();
if (!isOther) {
  const starts: number[] = [];
  for (let i = 0; i < 11; i++) starts.push(await startOnce());
  report(
    'start to the first /health, ms',
    `${median(starts).toFixed(0)} (min ${Math.min(...starts).toFixed(0)})`,
  );
  const creations: number[] = [];
  for (let i = 0; i < 200; i++) {
    const startedAt = performance.now();
    createWorkosMock();
    creations.push(performance.now() - startedAt);
  }
  report('a fresh mock in process, ms', median(creations).toFixed(2));
}

const base = isOther ? other! : 'http://127.0.0.1:4198';
const child = isOther ? undefined : spawnMock(4198);
try {
  while (!(await send(`${base}/health`).catch(() => null))) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const memory = async () => (child ? await residentMegabytes(child.pid!) : 0);
  if (child) report('memory idle, MB', (await memory()).toFixed(0));
  for (let i = 0; i < WARM_UP; i++) await login(base);
  const logins = await measure(async () => void (await login(base)));
  const tokens = await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => (await login(base)).refresh_token),
  );
  const refreshes = await measure(async (worker) => {
    tokens[worker] = await refresh(base, tokens[worker]!);
  });
  const rate = (rateBefore + signingRate()) / 2;
  report('RSA-2048 signatures/s on one core', rate.toFixed(0));
  for (const [name, result] of Object.entries({ logins, refreshes })) {
    const share = (result.perSecond / rate).toFixed(2);
    report(
      `${name}/s at ${CONNECTIONS} connections`,
      `${result.perSecond.toFixed(0)} = ${share} of the signing rate`,
    );
    report(`${name}, p50 and p99 in ms`, `${result.p50.toFixed(1)}, ${result.p99.toFixed(1)}`);
  }
  if (child) {
    await measure(async () => void (await login(base)), 10_000 - OPERATIONS);
    report('memory after 10,000 logins, MB', (await memory()).toFixed(0));
  }
} finally {
  child?.kill();
  agent.destroy();
}

if (!isOther) {
  // The cost of finding one among many, as a ratio to finding one among few.
  const cost = async (count: number) => {
    const users = Array.from({ length: count }, (_, i) => ({ email: `u${i}@example.test` }));
    const mock = createWorkosMock({ seed: { users } });
    const time = async (path: string) => {
      const times: number[] = [];
      for (let i = 0; i < 400; i++) {
        const startedAt = performance.now();
        const response = await mock.fetch(
          new Request(`http://localhost${path}`, {
            headers: { authorization: 'Bearer sk_test_default' },
          }),
        );
        await response.text();
        times.push(performance.now() - startedAt);
      }
      return median(times.slice(100));
    };
    return {
      list: await time('/user_management/users?limit=10'),
      find: await time(`/user_management/users?email=u${count >> 1}@example.test`),
    };
  };
  await cost(200);
  const few = await cost(200);
  const many = await cost(100_000);
  report('list 10 users: 100,000 to 200', `${(many.list / few.list).toFixed(2)} times`);
  report('find one by e-mail: 100,000 to 200', `${(many.find / few.find).toFixed(2)} times`);
}
