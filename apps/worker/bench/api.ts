import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

/**
 * What a verified API request and a request with a sealed session cost, beside a Worker that says hello in the same workerd;
 * and what is uploaded, beside a Worker that only makes a WorkOS client. Every figure that counts is a ratio of one run.
 */
const SECONDS = 2;
const CONNECTIONS = 16;
const ROUNDS = 5;

/** The Workers to compare with; the example itself is the last. */
const sources = {
  hello: 'export default { fetch: () => new Response("hello") };',
  // What no check of an RS256 token can do without: the header, two times Base64, one RSA signature. No claim is looked at.
  signature: `
    const bytes = (text) => Uint8Array.fromBase64(text, { alphabet: 'base64url' });
    let key;
    export default {
      async fetch(request, env) {
        key ??= await crypto.subtle.importKey('jwk', (await (await fetch(env.JWKS)).json()).keys[0],
          { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, ['verify']);
        const [header, payload, signature] = request.headers.get('authorization').slice(7).split('.');
        const signed = new TextEncoder().encode(header + '.' + payload);
        const holds = await crypto.subtle.verify('RSASSA-PKCS1-v1_5', key, bytes(signature), signed);
        return new Response('hello', { status: holds ? 200 : 401 });
      },
    };`,
  verification: `
    import { verifyAccessToken } from '../src/verify-access-token';
    export default { fetch: async (request, env) =>
      Response.json(await verifyAccessToken(request.headers.get('authorization').slice(7), env)) };`,
  client: `
    import { createWorkOS } from '@workos-inc/node/worker';
    export default { fetch: () => Response.json(createWorkOS({ apiKey: 'sk_x', clientId: 'client_x' }).baseURL) };`,
  api: `
    import { Hono } from 'hono/tiny';
    import { api } from '../src/api';
    export default new Hono().route('/api', api);`,
};
const CLASSES = ['SessionRefresh', 'WebhookDeliveries', 'Posts'];
const cookiePassword = 'benchmark-only-cookie-password!!';

const processes: ChildProcess[] = [];
const folder = await mkdtemp(join(import.meta.dirname, '../.wrangler-bench-'));
try {
  const scripts = {
    hello: await build('hello'),
    signature: await build('signature'),
    verification: await build('verification'),
    client: await build('client'),
    // The client is loaded when it is first asked for, which a verified request never does.
    api: await build('api', ['--alias', `@workos-inc/node/worker:${join(folder, 'hello.ts')}`]),
    worker: await build('worker'),
  };
  const size = (name: keyof typeof scripts) => gzipSync(scripts[name]).length;
  for (const name of ['worker', 'client', 'api', 'verification'] as const) {
    console.log(`upload  ${name.padEnd(14)} ${(size(name) / 1000).toFixed(1)} kB gzip`);
  }
  report('upload, worker / client', size('worker') / size('client'), 'at most', 1.65);
  report('kB gzip that a verified API request runs', size('api') / 1000, 'at most', 25);

  const mock = `http://localhost:${await freePort()}`;
  processes.push(spawn('workos-mock', ['--port', new URL(mock).port], { stdio: 'ignore' }));
  await untilAnswers(`${mock}/health`);
  const control = async (name: string, body: object) => {
    const response = await fetch(`${mock}/_mock/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.json();
  };
  const { response, sealedSession } = (await control('sign-in', {
    email: 'ada@acme.test',
    cookiePassword,
  })) as { response: { access_token: string }; sealedSession: string };
  const bearer = { authorization: `Bearer ${response.access_token}` };

  const { child, urls } = await serve(mock, ['hello', 'signature', 'verification', 'worker']);
  const subjects = {
    hello: { url: urls.hello!, headers: {} },
    signature: { url: urls.signature!, headers: bearer },
    verification: { url: urls.verification!, headers: bearer },
    api: { url: `${urls.worker}/api/me`, headers: bearer },
    session: {
      url: `${urls.worker}/me`,
      headers: { cookie: `wos-session=${sealedSession}` },
    },
  };
  type Subject = keyof typeof subjects;
  const names = Object.keys(subjects) as Subject[];
  for (const name of names) {
    const { url, headers } = subjects[name];
    const { status } = await fetch(url, { headers });
    if (status !== 200) throw new Error(`${name}: ${url} answered ${status}`);
    // Compiled, and with cached keys.
    await run(url, headers, 0.5);
  }
  await control('requests/clear', {});
  const rates = Object.fromEntries(names.map((name) => [name, [] as number[]]));
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]]));
  // They take turns, so that they share the weather.
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of names) {
      const before = await cpuTime(child.pid!);
      const count = await run(subjects[name].url, subjects[name].headers, SECONDS);
      rates[name]!.push(count / SECONDS);
      times[name]!.push(((await cpuTime(child.pid!)) - before) / count);
    }
  }
  const rate = (name: Subject) => median(rates[name]!);
  const time = (name: Subject) => median(times[name]!);
  for (const name of names) {
    const parts = [
      `${rate(name).toFixed(0).padStart(6)} requests/s`,
      `${(rate(name) / rate('hello')).toFixed(2)} of hello`,
      `${time(name).toFixed(0).padStart(4)} µs CPU a request`,
      `${(time(name) / time('hello')).toFixed(2)} times hello`,
    ];
    console.log(`cost    ${name.padEnd(14)} ${parts.join('  ')}`);
  }
  report('rate, api / hello', rate('api') / rate('hello'), 'at least', 0.33);
  report('rate, api / signature', rate('api') / rate('signature'), 'at least', 0.5);
  report('CPU, session / api', time('session') / time('api'), 'at most', 2.2);
  const { requests } = (await control('requests/list', {})) as { requests: object[] };
  report('calls to WorkOS while the keys are cached', requests.length, 'at most', 0);
} finally {
  for (const child of processes) child.kill();
  await rm(folder, { recursive: true });
}

/** Bundles a Worker as `wrangler deploy` would. */
async function build(name: keyof typeof sources | 'worker', args: string[] = []): Promise<string> {
  const isApp = name === 'worker';
  const main = isApp ? 'src/index.ts' : join(folder, `${name}.ts`);
  const out = join(folder, name);
  if (!isApp) {
    await writeFile(main, sources[name]);
    // Without the bindings of the app's own configuration.
    const config = join(folder, `${name}.json`);
    await writeFile(config, JSON.stringify({ name, compatibility_date: '2026-11-01' }));
    args = [...args, '--config', config];
  }
  execFileSync('wrangler', ['deploy', main, '--dry-run', '--minify', '--outdir', out, ...args], {
    stdio: 'pipe',
  });
  const script = await readFile(join(out, isApp ? 'index.js' : `${name}.js`), 'utf8');
  await writeFile(join(folder, `${name}.js`), script);
  return script;
}

/**
 * Runs Workers in one workerd, each at an address of its own: what `wrangler dev` puts in front of them would be measured,
 * too.
 */
async function serve(mock: string, names: string[]) {
  const bindings = {
    WORKOS_CLIENT_ID: 'client_mock',
    WORKOS_API_KEY: 'sk_test_default',
    WORKOS_COOKIE_PASSWORD: cookiePassword,
    WORKOS_WEBHOOK_SECRET: 'benchmark-only-secret',
    WORKOS_API_HOSTNAME: 'localhost',
    WORKOS_API_PORT: new URL(mock).port,
    WORKOS_API_HTTPS: 'false',
    CORS_ORIGINS: '',
    JWKS: `${mock}/sso/jwks/client_mock`,
  };
  const text = Object.entries(bindings).map(
    ([key, value]) => `(name = "${key}", text = "${value}")`,
  );
  const objects = CLASSES.map((name) => `(className = "${name}", uniqueKey = "${name}")`);
  const services = names.map(
    (name) => `(name = "${name}", worker = (
      modules = [(name = "worker", esModule = embed "${name}.js")],
      compatibilityDate = "2026-11-01",
      compatibilityFlags = ["no_nodejs_compat"],
      bindings = [${text.join(', ')}],
      durableObjectNamespaces = [${name === 'worker' ? objects.join(', ') : ''}],
      durableObjectStorage = (inMemory = void),
    ))`,
  );
  const addresses: [string, number][] = [];
  for (const name of names) addresses.push([name, await freePort()]);
  const sockets = addresses.map(
    ([name, port]) =>
      `(name = "${name}", address = "127.0.0.1:${port}", http = (), service = "${name}")`,
  );
  const file = join(folder, 'config.capnp');
  await writeFile(
    file,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    ${services.join(',\n    ')},
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [${sockets.join(', ')}],
);
`,
  );
  const child = spawn('workerd', ['serve', file], { stdio: ['ignore', 'ignore', 'inherit'] });
  processes.push(child);
  const urls = Object.fromEntries(
    addresses.map(([name, port]) => [name, `http://localhost:${port}`]),
  );
  await untilAnswers(urls.hello!);
  return { child, urls };
}

async function untilAnswers(url: string): Promise<void> {
  for (let i = 0; i < 100; i++) {
    const isUp = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await setTimeout(100);
  }
  throw new Error(`Nothing answers at ${url}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Asks for so many seconds over connections that are kept; answers how often. With node:http: fetch is slower than workerd. */
async function run(url: string, headers: Record<string, string>, seconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const until = performance.now() + seconds * 1000;
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      get(url, { agent, headers }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`${url}: ${response.statusCode}`));
        response.resume().once('end', resolve);
      }).once('error', reject);
    });
  const counts = await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      let count = 0;
      for (; performance.now() < until; count++) await ask();
      return count;
    }),
  );
  agent.destroy();
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The CPU time that a process has taken, in microseconds; not a number where there is no /proc. */
async function cpuTime(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [user, system] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12);
  // In ticks, of which Linux has a hundred a second.
  return (Number(user) + Number(system)) * 10_000;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

function report(what: string, value: number, bound: 'at least' | 'at most', budget: number): void {
  // What cannot be measured on this machine is not missed.
  const isMissed = bound === 'at least' ? value < budget : value > budget;
  console.log(
    `${isMissed ? 'MISSED' : 'kept  '}  ${what}: ${value.toFixed(2)} (${bound} ${budget})`,
  );
  if (isMissed) process.exitCode = 1;
}
