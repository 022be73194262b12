import { randomBytes } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { whenLeaving } from './signals.ts';

/** Room that is set aside for a file before its content is known, in bytes. */
const ROOM = 64 * 1024;

/** Room on the disk for a file that is about to be written. */
export interface ReservedFile {
  /** Puts the content in place, whole or not at all, and through to the disk. */
  commit(text: string): Promise<void>;
  /** Gives the room back. Does nothing after `commit`. */
  discard(): Promise<void>;
}

/**
 * Sets room aside beside a file: what can fail about writing (disk full, read-only, no permission) fails now, before
 * anything is done that cannot be undone. The folder is made with mode 0700, the file with 0600.
 *
 * The caller holds the lock of the file: what an earlier writer left behind when it was killed is swept away.
 *
 * @throws Error of the failed system call, e.g. with code `ENOSPC`.
 */
export async function reserveFile(path: string): Promise<ReservedFile> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const prefix = `.${basename(path)}.`;
  for (const name of await readdir(folder)) {
    if (name.startsWith(prefix)) await unlink(join(folder, name)).catch(() => {});
  }
  const temporary = join(folder, `${prefix}${randomBytes(6).toString('hex')}`);
  const file = await open(temporary, 'wx', 0o600);
  const stay = whenLeaving(() => {
    try {
      unlinkSync(temporary);
    } catch {
      // Gone already: renamed into place.
    }
  });
  let isOpen = true;
  const discard = async () => {
    if (!isOpen) return;
    isOpen = false;
    stay();
    await file.close();
    await unlink(temporary).catch(() => {});
  };
  try {
    // Random, so that a file system that compresses sets the room aside as well.
    await writeAll(file, randomBytes(ROOM));
    await file.sync();
  } catch (error) {
    await discard();
    throw error;
  }
  return {
    async commit(text) {
      const content = Buffer.from(text);
      await writeAll(file, content);
      await file.truncate(content.length);
      await file.sync();
      isOpen = false;
      await file.close();
      await rename(temporary, path);
      stay();
      await syncFolder(folder);
    },
    discard,
  };
}

/** From the start of the file; a disk that is nearly full takes a part without complaint, and refuses the rest. */
async function writeAll(file: FileHandle, content: Buffer): Promise<void> {
  let done = 0;
  while (done < content.length) {
    const { bytesWritten } = await file.write(content, done, content.length - done, done);
    done += bytesWritten;
  }
}

/** Without this a power cut may undo the rename. Windows has no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
