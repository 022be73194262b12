import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changes } from '../changes.ts';
import { upgradeFolder } from './upgrade.ts';

/** A file of the guide as it stands in an app. */
async function sourceOf(id: string, version: string): Promise<string> {
  const path = join(import.meta.dirname, '..', id.replace('migrate/', ''), `${version}.ts`);
  return (await readFile(path, 'utf8')).replaceAll(/'workos-node-\d+/g, "'@workos-inc/node");
}

/** Both show code on version 7 that is right on 11 too. */
const alreadyRight = new Set(['migrate/memberships', 'migrate/pkce']);

test('migrate/runtime: the codemod does with the guide’s own code what the guide says that it does', async ({
  onTestFinished,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'guide-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const done: Record<string, string> = {};
  const promised: Record<string, string> = {};
  for (const { id, codemod } of changes) {
    await writeFile(join(folder, 'change.ts'), await sourceOf(id, 'v7'));
    const { changes: written, reports } = await upgradeFolder(folder, { write: true });
    done[id] = written.length > 0 ? 'writes' : reports.length > 0 ? 'reports' : 'nothing';
    promised[id] = alreadyRight.has(id) ? 'nothing' : codemod;
  }
  expect(done).toEqual(promised);
});

test('migrate/mfa: where only names change, it writes the code of version 11', async ({
  onTestFinished,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'guide-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'mfa.ts'), await sourceOf('migrate/mfa', 'v7'));
  await upgradeFolder(folder, { write: true });
  const withoutLayout = (text: string) => text.replaceAll(/,?\s+/g, '');
  const written = await readFile(join(folder, 'mfa.ts'), 'utf8');
  expect(withoutLayout(written)).toBe(withoutLayout(await sourceOf('migrate/mfa', 'v11')));
});

test('migrate/runtime: the codemod finds nothing to write in the code of version 11', async ({
  onTestFinished,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'guide-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const { id } of changes) {
    const file = join(folder, `${id.replace('migrate/', '')}.ts`);
    await writeFile(file, await sourceOf(id, 'v11'));
  }
  const { changes: written, reports } = await upgradeFolder(folder);
  expect(written).toEqual([]);
  // What it cannot tell from the code: whether a body that may be bytes is the raw one.
  expect(reports.map(({ file }) => file)).toEqual(['webhook-payload.ts']);
});
