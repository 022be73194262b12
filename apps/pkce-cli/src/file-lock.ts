import { randomUUID } from 'node:crypto';
import { readFileSync, unlinkSync } from 'node:fs';
import { link, mkdir, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { systemCode } from './errors.ts';
import { whenLeaving } from './signals.ts';

/**
 * A lock older than this was left behind, whoever made it: nothing here holds one longer than three and a half minutes, and that
 * long only where a keychain waits for its owner twice.
 */
const ABANDONED = 5 * 60 * 1000;
/** How long to wait for another process, in milliseconds: longer than a refresh, with the longest pause that WorkOS may ask for. */
export const PATIENCE = 90_000;

export interface LockOptions {
  /** Milliseconds to wait. Default: 90,000. */
  patience?: number;
  /** Called once, when somebody else holds the lock. */
  onWait?: (holder: string) => void;
  signal?: AbortSignal;
}

/** Somebody else held the lock for too long. */
export class LockTimeout extends Error {
  override name = 'LockTimeout';
}

/**
 * Runs one piece of work at a time among all processes of this machine that name the same lock file.
 *
 * A process that was killed leaves its file behind; the next one sees that it is dead and goes on. (Node.js has no
 * `flock`, and the packages that fill the gap have not been kept up.)
 *
 * @throws LockTimeout when the holder does not let go.
 */
export async function withFileLock<T>(
  path: string,
  work: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  const release = await acquire(path, options);
  try {
    return await work();
  } finally {
    release();
  }
}

async function acquire(path: string, options: LockOptions): Promise<() => void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const mine = `${process.pid} ${hostname()} ${randomUUID()}`;
  const deadline = performance.now() + (options.patience ?? PATIENCE);
  let told = false;
  while (!(await create(path, mine))) {
    options.signal?.throwIfAborted();
    const theirs = await readFile(path, 'utf8').catch(() => null);
    if (theirs === null) continue;
    const holder = theirs.split(' ')[0] || 'unknown';
    if (performance.now() > deadline) {
      throw new LockTimeout(`process ${holder} holds ${path}`);
    }
    if (await isAbandoned(path, theirs)) {
      await takeAway(path, theirs, mine);
      continue;
    }
    if (!told) options.onWait?.(holder);
    told = true;
    // Not all at the same moment.
    await setTimeout(10 + Math.random() * 30, undefined, { signal: options.signal });
  }
  const letGo = () => {
    try {
      if (readFileSync(path, 'utf8') === mine) unlinkSync(path);
    } catch {
      // Gone: somebody took this process for dead.
    }
  };
  const stay = whenLeaving(letGo);
  return () => {
    stay();
    letGo();
  };
}

/** The content comes with the name: a lock file that is there but empty would look like nobody's. */
async function create(path: string, content: string): Promise<boolean> {
  const own = `${path}.${process.pid}.${randomUUID()}`;
  await writeFile(own, content, { flag: 'wx', mode: 0o600 });
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(own).catch(() => {});
  }
}

async function isAbandoned(path: string, content: string): Promise<boolean> {
  const [pid = '', host] = content.split(' ');
  const age = await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  if (age > ABANDONED) return true;
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return systemCode(error) === 'ESRCH';
  }
}

/**
 * Takes an abandoned lock away: one process at a time, each looking once more, so that nobody takes away the lock of who has
 * been faster and holds it by now.
 */
async function takeAway(path: string, abandoned: string, mine: string): Promise<void> {
  const claim = `${path}.claim`;
  if (!(await create(claim, mine))) {
    // Who claimed it is about to be done, or has died as well.
    const theirs = await readFile(claim, 'utf8').catch(() => null);
    if (theirs !== null && (await isAbandoned(claim, theirs))) await rm(claim, { force: true });
    else await setTimeout(10 + Math.random() * 30);
    return;
  }
  try {
    const theirs = await readFile(path, 'utf8').catch(() => null);
    if (theirs === abandoned) await rm(path, { force: true });
  } finally {
    await rm(claim, { force: true });
  }
}
