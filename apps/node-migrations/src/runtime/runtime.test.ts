import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, test } from 'workos-mock/vitest';
import { runChange } from '../run-change.ts';
import { runtime } from './change.ts';

const require = createRequire(import.meta.url);
const packages = ['workos-node-7', 'workos-node-8', 'workos-node-11'];

test('migrate/runtime: a refused code is told apart by every version', async ({ workos }) => {
  const outcomes = await runChange(runtime, workos);
  expect(outcomes.map(({ result }) => result)).toEqual([true, true, true]);
});

test('migrate/runtime: each version says which Node.js it needs', async () => {
  const engines = packages.map(async (name) => {
    const manifest = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
    const { engines } = JSON.parse(await readFile(manifest, 'utf8')) as {
      engines: { node: string };
    };
    return engines.node;
  });
  expect(await Promise.all(engines)).toEqual(['>=16', '>=20.15.0', '>=22.11.0']);
});

test('migrate/runtime: the default import is gone; names work for import and require', async () => {
  const defaults: boolean[] = [];
  for (const name of packages) {
    const imported = (await import(name)) as { WorkOS: { name: string } };
    const required = require(name) as { WorkOS: { name: string } };
    expect([imported.WorkOS.name, required.WorkOS.name]).toEqual(['WorkOSNode', 'WorkOSNode']);
    defaults.push('default' in imported);
  }
  expect(defaults).toEqual([true, false, false]);
});

test('migrate/runtime: paths under lib/ are refused; /worker is a path of its own since 8', () => {
  const notExported = expect.objectContaining({ code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' });
  for (const name of packages) {
    expect(() => require(`${name}/lib/index.js`)).toThrow(notExported);
  }
  expect(() => require.resolve('workos-node-7/worker')).toThrow(notExported);
  for (const name of packages.slice(1)) expect(require.resolve(`${name}/worker`)).toBeTruthy();
});
