import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from 'vitest';
import { reserveFile } from './atomic-file.ts';

const test = base.extend('folder', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 'atomic-file-'));
  onCleanup(() => rm(folder, { recursive: true }));
  return join(folder, 'private');
});

test('node/public-refresh: the old content stays until the new one is there, whole', async ({
  folder,
}) => {
  const path = join(folder, 'a.json');
  const first = await reserveFile(path);
  await first.commit('old');
  const second = await reserveFile(path);
  expect(await readFile(path, 'utf8')).toBe('old');
  await second.commit('néw');
  expect(await readFile(path, 'utf8')).toBe('néw');
  expect(await readdir(folder)).toEqual(['a.json']);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test('node/public-refresh: room that is given back leaves no trace', async ({ folder }) => {
  const reserved = await reserveFile(join(folder, 'a.json'));
  await reserved.discard();
  await reserved.discard();
  expect(await readdir(folder)).toEqual([]);
});

test('node/public-refresh: what a killed writer left is swept away, other files are not', async ({
  folder,
}) => {
  const path = join(folder, 'a.json');
  await (await reserveFile(path)).commit('{}');
  await writeFile(join(folder, '.a.json.0123456789ab'), 'half a tok');
  await writeFile(join(folder, '.b.json.0123456789ab'), 'another profile’s');
  await (await reserveFile(path)).commit('{}');
  expect(await readdir(folder)).toEqual(['.b.json.0123456789ab', 'a.json']);
});

test('node/public-refresh: a folder that cannot be is an error before anything is written', async ({
  folder,
}) => {
  await (await reserveFile(join(folder, 'a.json'))).commit('{}');
  await expect(reserveFile(join(folder, 'a.json', 'b.json'))).rejects.toMatchObject({
    code: expect.stringMatching(/ENOTDIR|EEXIST/) as string,
  });
});
