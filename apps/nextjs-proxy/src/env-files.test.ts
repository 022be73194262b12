import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { environmentProblems } from './env';

// What `next dev` and `next start` read their env files with. It remembers its first reading: each test loads it anew.
const require = createRequire(createRequire(import.meta.url).resolve('next/package.json'));
interface NextEnv {
  loadEnvConfig: (folder: string, dev: boolean) => unknown;
}

const before = process.env;
let folder = '';

afterEach(async () => {
  process.env = before;
  vi.resetModules();
  await rm(folder, { recursive: true, force: true });
});

/** Reads the env files as Next.js does, on top of what the process has, and imports the SDK on that. */
async function load(process_: Record<string, string>, local?: string) {
  folder = await mkdtemp(join(tmpdir(), 'env-files-'));
  await cp('.env.development', join(folder, '.env.development'));
  if (local !== undefined) await writeFile(join(folder, '.env.local'), local);
  // Without NODE_ENV=test, for which Next.js leaves .env.local out.
  process.env = { PATH: before.PATH, NODE_ENV: 'development', ...process_ } as NodeJS.ProcessEnv;
  delete require.cache[require.resolve('@next/env')];
  (require('@next/env') as NextEnv).loadEnvConfig(folder, true);
  vi.resetModules();
  return { env: process.env, sdk: await import('@workos-inc/authkit-nextjs') };
}

test('environment: as cloned, the app talks to the mock', async () => {
  const { env, sdk } = await load({});
  expect(environmentProblems(env)).toEqual([]);
  expect(sdk.getWorkOS().baseURL).toBe('http://localhost:4100');
  expect(env.NEXT_PUBLIC_WORKOS_REDIRECT_URI).toBe('http://localhost:3000/callback');
});

test('environment: variables of the process move the mock and the app', async () => {
  const { env, sdk } = await load({ WORKOS_API_PORT: '4200', PORT: '3030' });
  expect(sdk.getWorkOS().baseURL).toBe('http://localhost:4200');
  expect(env.NEXT_PUBLIC_WORKOS_REDIRECT_URI).toBe('http://localhost:3030/callback');
});

test('environment: three values in .env.local are all that a real environment needs', async () => {
  const example = await readFile('.env.example', 'utf8');
  const values = ['client_01ABC', 'sk_test_mine', 'x'.repeat(32)];
  const local = example.replaceAll(
    /^(WORKOS_(?:CLIENT_ID|API_KEY|COOKIE_PASSWORD)=)$/gm,
    (line) => line + values.shift(),
  );
  expect(values).toEqual([]);
  const { env, sdk } = await load({}, local);
  expect(environmentProblems(env)).toEqual([]);
  expect(sdk.getWorkOS().baseURL).toBe('https://api.workos.com');
  expect(sdk.getWorkOS().key).toBe('sk_test_mine');
  expect(sdk.getWorkOS().userManagement.getJwksUrl(env.WORKOS_CLIENT_ID ?? '')).toBe(
    'https://api.workos.com/sso/jwks/client_01ABC',
  );
});

test('environment: .env.local with a value still missing stops the app', async () => {
  const { env } = await load({}, await readFile('.env.example', 'utf8'));
  expect(environmentProblems(env).map((problem) => problem.split(' ')[0])).toEqual([
    'WORKOS_CLIENT_ID',
    'WORKOS_API_KEY',
    'WORKOS_COOKIE_PASSWORD',
  ]);
});
