import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** How an instance is set up: the same for all instances of an app. */
export interface Settings {
  /** Where people reach the app. */
  origin: string;
  /** WorkOS, or what stands for it. */
  api: { url: URL; clientId: string; apiKey: string };
  cookiePassword: string;
}

/** A built app in a process of its own. */
export interface Instance {
  port: number;
  pid: number;
  /** Lets it give back what nobody holds any more, so that what is left can be compared; workerd does by itself. */
  collectGarbage(): void;
  /** Ends it as a deployment does, and waits for its end. */
  stop(): Promise<void>;
}

/** Starts what `pnpm build` has built, and waits until it answers. */
export type Start = (settings: Settings, port?: number) => Promise<Instance>;

const COLLECTS_ON_SIGNAL = `data:text/javascript,process.on('SIGUSR2', () => gc())`;

/** The mock at a port of this machine, with its seed. */
export function mockAt(port: number): Settings['api'] {
  return {
    url: new URL(`http://localhost:${port}`),
    clientId: 'client_mock',
    apiKey: 'sk_test_default',
  };
}

/** The settings that tell an SDK on a server where WorkOS is and who asks. */
export function variablesOf({ url, clientId, apiKey }: Settings['api']) {
  return {
    WORKOS_CLIENT_ID: clientId,
    WORKOS_API_KEY: apiKey,
    WORKOS_API_HOSTNAME: url.hostname,
    WORKOS_API_PORT: url.port,
    WORKOS_API_HTTPS: String(url.protocol === 'https:'),
  };
}

const folder = (app: string) => join(import.meta.dirname, '../apps', app);

/** A Next.js app, as `next start` serves it. */
export function next(app: string): Start {
  const root = folder(app);
  const bin = createRequire(join(root, 'package.json')).resolve('next/dist/bin/next');
  return async ({ origin, api, cookiePassword }, port) => {
    const own = port ?? (await freePort());
    const env = {
      ...process.env,
      PORT: String(own),
      NEXT_TELEMETRY_DISABLED: '1',
      WORKOS_COOKIE_PASSWORD: cookiePassword,
      NEXT_PUBLIC_WORKOS_REDIRECT_URI: `${origin}/callback`,
      ...variablesOf(api),
      ALLOW_WORKOS_MOCK: 'true',
    };
    const args = ['--expose-gc', '--import', COLLECTS_ON_SIGNAL, bin, 'start'];
    const child = spawn(process.execPath, args, { cwd: root, env, stdio });
    return { ...(await running(child, own)), collectGarbage: () => child.kill('SIGUSR2') };
  };
}

/** The Worker in workerd itself: what `wrangler dev` puts in front of it would be measured, too. */
export const worker: Start = async ({ api, cookiePassword }, port) => {
  const root = folder('worker');
  const { default: workerd } = createRequire(join(root, 'package.json'))('workerd') as {
    default: string;
  };
  const own = port ?? (await freePort());
  const texts = {
    WORKOS_COOKIE_PASSWORD: cookiePassword,
    WORKOS_WEBHOOK_SECRET: 'across-apps-only-secret',
    ...variablesOf(api),
    // The vendor's emulator issues tokens in the name of its address alone.
    WORKOS_ISSUERS: api.url.origin,
    CORS_ORIGINS: '',
  };
  const objects = {
    SESSION_REFRESH: 'SessionRefresh',
    WEBHOOK_DELIVERIES: 'WebhookDeliveries',
    POSTS: 'Posts',
  };
  const bindings = [
    ...Object.entries(texts).map(([name, text]) => `(name = "${name}", text = "${text}")`),
    ...Object.entries(objects).map(
      ([name, object]) => `(name = "${name}", durableObjectNamespace = "${object}")`,
    ),
  ];
  const namespaces = Object.values(objects).map(
    (name) => `(className = "${name}", uniqueKey = "${name}", enableSql = true)`,
  );
  // A path in the configuration is one beside it.
  const files = await mkdtemp(join(tmpdir(), 'worker-'));
  await copyFile(join(root, 'dist/index.js'), join(files, 'index.js'));
  await writeFile(
    join(files, 'config.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "worker", worker = (
      modules = [(name = "worker", esModule = embed "index.js")],
      compatibilityDate = "2026-11-01",
      compatibilityFlags = ["no_nodejs_compat"],
      bindings = [${bindings.join(', ')}],
      durableObjectNamespaces = [${namespaces.join(', ')}],
      durableObjectStorage = (inMemory = void),
    )),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${own}", http = (), service = "worker")],
);
`,
  );
  const child = spawn(workerd, ['serve', join(files, 'config.capnp')], { stdio });
  const instance = await running(child, own);
  await rm(files, { recursive: true });
  return instance;
};

/** The single-page app, built for these settings as `vite preview` serves it. */
export const singlePage: Start = async ({ api }, port) => {
  const root = folder('react-spa');
  const bin = join(
    createRequire(join(root, 'package.json')).resolve('vite/package.json'),
    '../bin/vite.js',
  );
  const own = port ?? (await freePort());
  const { WORKOS_CLIENT_ID, WORKOS_API_HOSTNAME, WORKOS_API_PORT, WORKOS_API_HTTPS } =
    variablesOf(api);
  const env = {
    ...process.env,
    VITE_WORKOS_CLIENT_ID: WORKOS_CLIENT_ID,
    VITE_WORKOS_API_HOSTNAME: WORKOS_API_HOSTNAME,
    VITE_WORKOS_API_PORT: WORKOS_API_PORT,
    VITE_WORKOS_API_HTTPS: WORKOS_API_HTTPS,
    VITE_API_URL: 'http://localhost:8787',
    ALLOW_WORKOS_MOCK: 'true',
  };
  const out = ['--outDir', `dist/${own}`, '--logLevel', 'warn'];
  execFileSync(process.execPath, [bin, 'build', ...out], { cwd: root, env });
  const serve = [
    bin,
    'preview',
    ...out,
    '--host',
    '127.0.0.1',
    '--port',
    String(own),
    '--strictPort',
  ];
  return running(spawn(process.execPath, serve, { cwd: root, env, stdio }), own);
};

const stdio: ['ignore', 'ignore', 'inherit'] = ['ignore', 'ignore', 'inherit'];

const children = new Set<ChildProcess>();
process.once('exit', () => children.forEach((child) => child.kill()));

async function running(child: ChildProcess, port: number): Promise<Instance> {
  children.add(child);
  child.once('exit', () => children.delete(child));
  const stop = async () => {
    if (!children.has(child)) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  for (let i = 0; i < 300; i++) {
    const answers = await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' }).then(
      () => true,
      () => false,
    );
    if (answers) return { port, pid: child.pid ?? 0, collectGarbage: () => {}, stop };
    if (!children.has(child)) break;
    await setTimeout(100);
  }
  await stop();
  throw new Error(`Nothing answers at port ${port}. Is the app built?`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
