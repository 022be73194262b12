import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type TestMock } from 'workos-mock/vitest';
import type { Stored } from '../src/credential-store.ts';
import { builtPackage } from './build.ts';

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  child: ChildProcess;
  ended: Promise<Ended>;
  /** Waits until stderr has something, and answers the first group of the match. */
  says(pattern: RegExp): Promise<string>;
}

export interface RunOptions {
  env?: Record<string, string | undefined>;
  input?: string;
}

/** The real command in a child process, with a home of its own, against the mock of the test. */
export interface Cli {
  home: string;
  env: Record<string, string>;
  start(args: string[], options?: RunOptions): Running;
  run(args: string[], options?: RunOptions): Promise<Ended>;
  /** Signs in as a person does, without the browser: opens the address that `login` prints. */
  signIn(email: string, args?: string[], options?: RunOptions): Promise<Ended>;
  profilePath(profile?: string): string;
  stored(profile?: string): Promise<Stored & { storage: 'file' }>;
  /** Makes the access token look as if it ran out. */
  expire(profile?: string): Promise<void>;
}

export const bin = join(builtPackage, 'bin', 'pkce-cli.js');

/** What a command needs of this process' environment; nothing else gets to it. */
const INHERITED = ['PATH', 'SYSTEMROOT', 'TMPDIR', 'TEMP'];

export async function createCli(workos: Pick<TestMock, 'hostname' | 'port'>): Promise<Cli> {
  const home = await mkdtemp(join(tmpdir(), 'pkce-cli-'));
  const env: Record<string, string> = {
    ...Object.fromEntries(INHERITED.map((name) => [name, process.env[name] ?? ''])),
    HOME: home,
    XDG_STATE_HOME: join(home, 'state'),
    XDG_CACHE_HOME: join(tmpdir(), 'pkce-cli-compile-cache'),
    WORKOS_CLIENT_ID: 'client_mock',
    WORKOS_API_HOSTNAME: workos.hostname,
    WORKOS_API_PORT: String(workos.port),
    WORKOS_API_HTTPS: 'false',
  };
  const profilePath = (profile = 'default') =>
    join(home, 'state', 'pkce-cli', 'profiles', `${profile}.json`);

  function start(args: string[], options: RunOptions = {}): Running {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: home,
      env: { ...env, ...options.env },
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin?.end(options.input);
    const ended = new Promise<Ended>((resolve) => {
      child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
    });
    return {
      child,
      ended,
      says: (pattern) =>
        new Promise((resolve, reject) => {
          const look = () => {
            const match = pattern.exec(stderr);
            if (match) resolve(match[1] ?? match[0]);
          };
          child.stderr!.on('data', look);
          child.once('close', () => reject(new Error(`never said ${pattern}: ${stderr}`)));
          look();
        }),
    };
  }
  const run: Cli['run'] = (args, options) => start(args, options).ended;

  return {
    home,
    env,
    start,
    run,
    async signIn(email, args = [], options) {
      // The file, so that the keychain of whoever runs the tests is left alone.
      const how = ['--no-browser', '--hint', email, '--storage', 'file'];
      const { says, ended } = start(['login', ...how, ...args], options);
      const address = await says(/(http:\/\/127\.0\.0\.1:\d+\/)\s/);
      await fetch(address);
      return ended;
    },
    profilePath,
    async stored(profile) {
      return JSON.parse(await readFile(profilePath(profile), 'utf8')) as Stored & {
        storage: 'file';
      };
    },
    async expire(profile) {
      const stored = JSON.parse(await readFile(profilePath(profile), 'utf8')) as Stored;
      stored.session.expiresAt = Date.now() - 1000;
      await writeFile(profilePath(profile), JSON.stringify(stored), { mode: 0o600 });
    },
  };
}

/** A mock and a home of its own for every test. */
export const test = base.extend('cli', async ({ workos }, { onCleanup }) => {
  const cli = await createCli(workos);
  onCleanup(() => rm(cli.home, { recursive: true, force: true }));
  return cli;
});

export { expect } from 'workos-mock/vitest';
