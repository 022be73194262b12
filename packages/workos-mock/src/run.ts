import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { serve, UsageError } from './cli.ts';

/**
 * `workos-mock run`: runs an app's own command on a port that is free, and says which one is not. Development servers
 * move to another port by themselves, which a redirect URI does not survive.
 */
export async function run(args: string[]): Promise<void> {
  const separator = args.indexOf('--');
  const { values } = parseArgs({
    args: separator < 0 ? args : args.slice(0, separator),
    options: {
      name: { type: 'string' },
      port: { type: 'string' },
      mock: { type: 'boolean' },
      'sign-in': { type: 'string', default: '/sign-in' },
    },
  });
  const [command, ...rest] = separator < 0 ? [] : args.slice(separator + 1);
  const { name = 'app', port: fallback } = values;
  if (!command || !fallback) {
    throw new UsageError('run takes a port and a command: workos-mock run --port 3000 -- next dev');
  }
  const variable = `${name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}_PORT`;
  const port = portFrom(variable, process.env[variable] || fallback);
  if (!(await isFree(port))) {
    throw new UsageError(
      `${name}: port ${port} is in use. Stop what uses it, or choose another: ${variable}=${port + 30}`,
    );
  }
  if (values.mock) await startMockBeside();
  const child = spawn(
    command,
    rest.map((arg) => arg.replaceAll('{port}', String(port))),
    {
      stdio: 'inherit',
      env: { ...process.env, PORT: String(port) },
      shell: process.platform === 'win32',
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => child.kill(signal));
  }
  const stopAnnouncing = new AbortController();
  const app = { name, url: `http://localhost:${port}`, signInPath: values['sign-in'] };
  void announce(app, stopAnnouncing.signal);
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'ENOENT'
          ? new UsageError(`${name}: there is no command "${command}". Are its packages installed?`)
          : error,
      ),
    );
    // The shell's convention for a command that a signal ended.
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGKILL' ? 137 : 143)));
  }).finally(() => stopAnnouncing.abort());
  // The mock beside it would keep the process alive.
  if (values.mock) process.exit();
}

/** `--mock`: starts the mock beside the app, unless one is listening at its port already. */
async function startMockBeside(): Promise<void> {
  const port = portFrom('WORKOS_API_PORT', process.env.WORKOS_API_PORT || '4100');
  const isThere = await fetch(`http://localhost:${port}/health`).then(
    (response) => response.ok,
    () => false,
  );
  if (!isThere) await serve(['--interactive', '--port', String(port)]);
}

/** Tells the mock that an app is starting, and then that it answers, for the table that the mock prints. */
async function announce(
  app: { name: string; url: string; signInPath: string },
  signal: AbortSignal,
): Promise<void> {
  const control = `http://localhost:${process.env.WORKOS_API_PORT || '4100'}/_mock/apps/announce`;
  const description = await readFile('package.json', 'utf8')
    .then((text) => (JSON.parse(text) as { description?: string }).description ?? '')
    .catch(() => '');
  const tell = (ready: boolean) =>
    keepTrying(signal, async () => {
      const body = JSON.stringify({ ...app, description, ready });
      const headers = { 'content-type': 'application/json' };
      return (await fetch(control, { method: 'POST', headers, body, signal })).ok;
    });
  await tell(false);
  await keepTrying(signal, async () => {
    await fetch(app.url, { method: 'HEAD', redirect: 'manual', signal });
    return true;
  });
  await tell(true);
}

/** Tries four times a second until it works, for two minutes at most: there may be no mock, and that is well. */
async function keepTrying(signal: AbortSignal, attempt: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 480 && !signal.aborted; i++) {
    if (await attempt().catch(() => false)) return;
    await setTimeout(250, undefined, { signal, ref: false }).catch(() => {});
  }
}

/** @throws UsageError naming where the number came from. */
export function portFrom(name: string, value: string): number {
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new UsageError(`${name} must be a port from 0 to 65535; got "${value}".`);
}

/** Whether nothing listens on a port, on any address that a browser's `localhost` may mean. */
async function isFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '::1', '0.0.0.0', '::']) {
    const taken = await new Promise<boolean>((resolve) => {
      const server = createServer();
      server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRINUSE'));
      server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(false)));
    });
    if (taken) return false;
  }
  return true;
}
