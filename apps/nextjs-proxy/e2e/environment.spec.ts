import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
const production = {
  WORKOS_CLIENT_ID: 'client_01ABC',
  WORKOS_API_KEY: 'sk_live_not_a_real_key',
  WORKOS_COOKIE_PASSWORD: 'x'.repeat(32),
  NEXT_PUBLIC_WORKOS_REDIRECT_URI: 'https://app.example.com/callback',
};

/** What runs beside has another one. */
const ownPort = () => 3021 + test.info().parallelIndex;

/** Starts the real server and gives what it wrote until it ended, or until it answered a request. */
async function start(
  command: 'dev' | 'start',
  { env, folder = process.cwd(), path = '/' }: Start,
): Promise<{ exitCode: number | null; output: string; location?: string | null }> {
  const port = ownPort();
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [next, command], {
    cwd: folder,
    env: { PATH, HOME, NEXT_TELEMETRY_DISABLED: '1', PORT: String(port), ...env } as never,
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const answered = (async () => {
    while (child.exitCode === null && child.signalCode === null) {
      const response = await fetch(`http://localhost:${port}${path}`, {
        redirect: 'manual',
        headers: { accept: 'text/html' },
      }).catch(() => undefined);
      if (response) return response.headers.get('location');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return undefined;
  })();
  const first = await Promise.race([
    ended.then((exitCode) => ({ exitCode })),
    answered.then(async (location) =>
      location === undefined ? { exitCode: await ended } : { location },
    ),
  ]);
  if ('location' in first) child.kill('SIGTERM');
  await ended;
  return { exitCode: child.exitCode, output, ...first };
}

interface Start {
  env: Record<string, string>;
  folder?: string;
  path?: string;
}

test('environment: `next start` without settings ends with one line for each', async () => {
  const { exitCode, output } = await start('start', { env: {} });
  expect(exitCode).toBe(1);
  const lines = output.split('\n').filter((line) => line.startsWith('Configuration: '));
  expect(lines.map((line) => line.split(' ')[1])).toEqual([
    'WORKOS_CLIENT_ID',
    'WORKOS_API_KEY',
    'WORKOS_COOKIE_PASSWORD',
    'NEXT_PUBLIC_WORKOS_REDIRECT_URI',
  ]);
  expect(lines.join()).toContain('Find it at https://dashboard.workos.com');
});

test('environment: `next start` refuses the mock unless it is told to', async () => {
  const env = {
    ...production,
    WORKOS_API_HOSTNAME: 'localhost',
    WORKOS_API_PORT: '4110',
    WORKOS_API_HTTPS: 'false',
  };
  const refused = await start('start', { env });
  expect(refused.exitCode).toBe(1);
  expect(refused.output).toContain('Configuration: WORKOS_API_HOSTNAME names this machine');
  expect(refused.output).not.toContain('sk_live_not_a_real_key');
  const allowed = await start('start', { env: { ...env, ALLOW_WORKOS_MOCK: 'true' } });
  expect(allowed.output).not.toContain('Configuration:');
  expect(allowed.location).toBeNull();
});

test.describe('in a folder of its own', () => {
  test.describe.configure({ timeout: 180_000, mode: 'serial' });
  let folder = '';

  test.beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nextjs-proxy-'));
    for (const name of [
      'src',
      'package.json',
      'next.config.ts',
      'tsconfig.json',
      'tsconfig.build.json',
    ]) {
      await cp(name, join(folder, name), { recursive: true });
    }
    await cp('.env.development', join(folder, '.env.development'));
    await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
    // Turbopack does not leave its root, and the packages are outside of this folder.
    const config = await readFile('next.config.ts', 'utf8');
    await writeFile(
      join(folder, 'next.config.ts'),
      config.replace('poweredByHeader', "turbopack: { root: '/' },\n  poweredByHeader"),
    );
  });

  test.afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  test('environment: `next dev` stops on a malformed variable', async () => {
    const env = { WORKOS_COOKIE_PASSWORD: 'too short' };
    const { exitCode, output } = await start('dev', { env, folder });
    expect(exitCode).not.toBe(0);
    expect(output).toContain('Configuration: WORKOS_COOKIE_PASSWORD must have 32 characters');
  });

  test('environment: PORT moves the redirect URI', async () => {
    const { location } = await start('dev', { env: {}, folder, path: '/callback' });
    expect(location).toBe(
      `http://localhost:${ownPort()}/sign-in-failed?reason=missing_auth_params`,
    );
  });
});
