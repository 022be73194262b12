import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from 'vitest';

const APP = join(import.meta.dirname, '..');
const SECRETS = {
  WORKOS_API_KEY: 'sk_test_of_the_build_machine',
  WORKOS_COOKIE_PASSWORD: 'a-cookie-password-of-the-build-machine',
};
const PRODUCTION = {
  VITE_WORKOS_CLIENT_ID: 'client_01PRODUCTION',
  VITE_WORKOS_API_HOSTNAME: 'auth.example.com',
  VITE_WORKOS_API_PORT: '',
  VITE_WORKOS_API_HTTPS: 'true',
  VITE_API_URL: 'https://api.example.com',
};

/** `vite build` as a deployment runs it, on a machine that has secrets in its environment. */
const test = base.extend('build', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 'react-spa-'));
  onCleanup(() => rm(folder, { recursive: true }));
  return (env: Record<string, string>) => {
    const vite = join(APP, 'node_modules', 'vite', 'bin', 'vite.js');
    const { status, stderr } = spawnSync(
      process.execPath,
      [vite, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'],
      { cwd: APP, encoding: 'utf8', env: { PATH: process.env.PATH, ...SECRETS, ...env } },
    );
    return { folder, status, stderr };
  };
});

test('react/provider: what browsers get has no secret, no server code and no source map [attack/leakage]', async ({
  build,
}) => {
  const { folder, status, stderr } = build(PRODUCTION);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => /\.\w+$|_headers$/.test(name));
  expect(files.filter((name) => !/\.(js|css|html|svg)$|^_headers$/.test(name))).toEqual([]);
  const all = (await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))).join();
  expect(all).toContain(PRODUCTION.VITE_WORKOS_CLIENT_ID);
  const marks = [
    ...Object.values(SECRETS),
    'sourceMappingURL',
    'node:crypto',
    'iron-webcrypto',
    'client_secret',
    'client_mock',
    APP,
  ];
  expect(marks.filter((mark) => all.includes(mark))).toEqual([]);
});

test('react/provider: the page runs no inline code, and its host is told what to send [attack/leakage]', async ({
  build,
}) => {
  const { folder } = build(PRODUCTION);
  const html = await readFile(join(folder, 'index.html'), 'utf8');
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|javascript:/i);
  expect(html).toContain('connect-src https://auth.example.com https://api.example.com;');
  const headers = await readFile(join(folder, '_headers'), 'utf8');
  expect(headers).toMatch(/^\/\*\n {2}content-security-policy: .*frame-ancestors 'none'$/m);
  for (const name of ['strict-transport-security', 'x-content-type-options', 'referrer-policy']) {
    expect(headers).toContain(`  ${name}: `);
  }
});

test.for([
  ['VITE_WORKOS_API_KEY', 'sk_live_1'],
  ['VITE_ANYTHING', 'sk_test_1'],
  ['VITE_WORKOS_COOKIE_PASSWORD', 'a-password'],
] as const)(
  'react/provider: a build with %s is refused, without its value [attack/leakage]',
  async ([name, value], { build }) => {
    const { folder, status, stderr } = build({ ...PRODUCTION, [name]: value });
    expect(status).toBe(1);
    expect(stderr).toContain(`${name} goes into the bundle`);
    expect(stderr).not.toContain(value);
    expect(await readdir(folder)).toEqual([]);
  },
);
