import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test as base } from 'vitest';
import { LockTimeout, withFileLock } from './file-lock.ts';

const test = base.extend('path', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 'file-lock-'));
  onCleanup(() => rm(folder, { recursive: true }));
  return join(folder, 'inside', 'a.lock');
});

/** No process has this number: it is above what Linux, macOS and Windows hand out. */
const DEAD = 2 ** 30;

test('node/public-refresh: one holder at a time, and nothing is left behind', async ({ path }) => {
  let inside = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 20 }, () =>
      withFileLock(path, async () => {
        most = Math.max(most, ++inside);
        await setTimeout(2);
        inside -= 1;
      }),
    ),
  );
  expect(most).toBe(1);
  expect(await readdir(join(path, '..'))).toEqual([]);
});

test('node/public-refresh: work that fails lets go, and its error comes through', async ({
  path,
}) => {
  const failing = withFileLock(path, () => Promise.reject(new Error('no luck')));
  await expect(failing).rejects.toThrow('no luck');
  expect(await withFileLock(path, async () => 'next')).toBe('next');
});

test('node/public-refresh: the lock of a process that died is taken over by one of many', async ({
  path,
}) => {
  await withFileLock(path, async () => {});
  await writeFile(path, `${DEAD} ${hostname()} gone`);
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await setTimeout(5);
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 10 }, () => withFileLock(path, work)));
  expect(most).toBe(1);
});

test('node/public-refresh: who died while taking over the lock of one that died is taken over, too', async ({
  path,
}) => {
  await withFileLock(path, async () => {});
  for (const name of [path, `${path}.claim`]) await writeFile(name, `${DEAD} ${hostname()} gone`);
  expect(await withFileLock(path, async () => 'mine', { patience: 5000 })).toBe('mine');
  expect(await readdir(join(path, '..'))).toEqual([]);
});

test('node/public-refresh: who takes a dead lock over and stops halfway is not waited for longer than anybody', async ({
  path,
}) => {
  await withFileLock(path, async () => {});
  await writeFile(path, `${DEAD} ${hostname()} gone`);
  await writeFile(`${path}.claim`, `${process.ppid} ${hostname()} alive`);
  const waiting = withFileLock(path, async () => {}, { patience: 100 });
  await expect(waiting).rejects.toThrow(LockTimeout);
});

test('node/public-refresh: the lock of a living process is waited for, and named', async ({
  path,
}) => {
  await withFileLock(path, async () => {});
  await writeFile(path, `${process.ppid} ${hostname()} alive`);
  const holders: string[] = [];
  const onWait = (holder: string) => holders.push(holder);
  const waiting = withFileLock(path, async () => {}, { patience: 1000, onWait });
  await expect(waiting).rejects.toThrow(LockTimeout);
  expect(holders).toEqual([String(process.ppid)]);
});

test('node/public-refresh: another machine’s lock is trusted until it is old', async ({ path }) => {
  await withFileLock(path, async () => {});
  await writeFile(path, `${DEAD} another-host alive`);
  const options = { patience: 60 };
  await expect(withFileLock(path, async () => {}, options)).rejects.toThrow(LockTimeout);
  const tenMinutesAgo = Date.now() / 1000 - 600;
  await utimes(path, tenMinutesAgo, tenMinutesAgo);
  expect(await withFileLock(path, async () => 'mine', options)).toBe('mine');
});
