import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmod, readdir, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type ReservedFile, reserveFile } from './atomic-file.ts';
import { CliError, SIGN_IN_HINT, systemCode } from './errors.ts';
import { deleteSecret, KeychainError, keychainName, readSecret, writeSecret } from './keychain.ts';
import { stateFolder } from './paths.ts';

/** Where the tokens of a session are safe: sealed by a key that only the keychain has, or in a file of the owner's alone. */
export type Storage = 'keychain' | 'file';

/** What the command knows about a signed-in person; nothing in it is a secret. Times are milliseconds since 1970. */
export interface Session {
  /** The WorkOS address and client that the session belongs to. */
  baseUrl: string;
  clientId: string;
  user: { id: string; email: string; firstName: string | null; lastName: string | null };
  sessionId: string;
  organizationId: string | null;
  role: string | null;
  permissions: string[];
  impersonator: string | null;
  signedInAt: number;
  obtainedAt: number;
  expiresAt: number;
}

export interface Tokens {
  accessToken: string;
  refreshToken: string;
}

interface Sealed {
  iv: string;
  tag: string;
  data: string;
}

/** One profile as it is stored. */
export type Stored =
  | { version: 1; storage: 'file'; session: Session; tokens: Tokens }
  | { version: 1; storage: 'keychain'; session: Session; sealed: Sealed };

/**
 * Reads a profile.
 *
 * @returns null when nobody is signed in.
 * @throws CliError `storage` when the file is damaged or cannot be read.
 */
export async function readProfile(profile: string): Promise<Stored | null> {
  const path = profilePath(profile);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw storageError(`The session cannot be read from ${path}`, error);
  }
  await keepPrivate(path);
  try {
    const stored: unknown = JSON.parse(text);
    if (isStored(stored)) return stored;
  } catch {
    // Said below, without the content.
  }
  throw new CliError('storage', `The session in ${path} is damaged.`, { hint: SIGN_IN_HINT });
}

/**
 * Opens the tokens of a profile.
 *
 * @throws CliError `storage` when the keychain does not answer, or its key does not fit.
 */
export async function openTokens(profile: string, stored: Stored): Promise<Tokens> {
  if (stored.storage === 'file') return stored.tokens;
  const key = await readSecret(account(profile));
  try {
    if (!key) throw new Error('no key');
    return unseal(stored.sealed, Buffer.from(key, 'base64'), stored.session);
  } catch (cause) {
    throw new CliError('storage', `${keychainName} has no key that fits this session.`, {
      hint: SIGN_IN_HINT,
      cause,
    });
  }
}

/** A profile that is about to be written. */
export interface PendingWrite {
  commit(session: Session, tokens: Tokens): Promise<void>;
  discard(): Promise<void>;
}

/**
 * Makes sure that a profile can be written, before WorkOS hands out tokens that would otherwise have nowhere to go: the
 * keychain answers, the folder takes a file, there is room on the disk. The caller holds the lock of the profile.
 *
 * @throws CliError `storage`.
 */
export async function prepareWrite(profile: string, storage: Storage): Promise<PendingWrite> {
  const path = profilePath(profile);
  const key = storage === 'keychain' ? await keyOf(profile) : null;
  let file: ReservedFile;
  try {
    file = await reserveFile(path);
  } catch (error) {
    throw storageError(`The session cannot be written to ${path}`, error);
  }
  return {
    async commit(session, tokens) {
      const stored: Stored = key
        ? { version: 1, storage: 'keychain', session, sealed: seal(tokens, key, session) }
        : { version: 1, storage: 'file', session, tokens };
      try {
        await file.commit(`${JSON.stringify(stored, null, 2)}\n`);
      } catch (error) {
        throw storageError(`The session cannot be written to ${path}`, error);
      }
      if (!key) await deleteSecret(account(profile)).catch(() => {});
    },
    discard: () => file.discard(),
  };
}

/** Forgets a profile: the file and the key that opened it. */
export async function removeProfile(profile: string): Promise<void> {
  const stored = await readProfile(profile).catch(() => null);
  await unlink(profilePath(profile)).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') {
      throw storageError('The session cannot be removed', error);
    }
  });
  // Without the file the key opens nothing: a keychain that does not answer is no reason to fail.
  if (stored?.storage !== 'file') await deleteSecret(account(profile)).catch(() => {});
}

/** The names of all profiles that are signed in, sorted. */
export async function listProfiles(): Promise<string[]> {
  const names = await readdir(folder()).catch(() => []);
  return names
    .filter((name) => /^[a-z0-9].*\.json$/.test(name))
    .map((name) => name.slice(0, -'.json'.length))
    .toSorted();
}

/** The lock that whoever writes a profile holds. */
export function lockPath(profile: string): string {
  return `${profilePath(profile)}.lock`;
}

/** Where a profile is stored, as `whoami` and `login` tell a person. */
export function describeStorage(profile: string, storage: Storage): string {
  const path = profilePath(profile);
  return storage === 'keychain'
    ? `${path}, sealed by a key in ${keychainName}`
    : `${path} (mode 0600)`;
}

/** A failed read or write in one line that names the reason. */
export function storageError(what: string, cause: unknown): CliError {
  const code = systemCode(cause) ?? 'unknown reason';
  const reasons: Record<string, string> = {
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    EFBIG: 'a limit on the size of files',
    EROFS: 'the disk is read-only',
    EACCES: 'no permission',
    EPERM: 'no permission',
    ENOTDIR: 'a part of the path is not a folder',
  };
  return new CliError('storage', `${what}: ${reasons[code] ?? code}.`, {
    hint: 'XDG_STATE_HOME says where sessions are kept.',
    cause,
  });
}

function folder(): string {
  return join(stateFolder(), 'profiles');
}

function profilePath(profile: string): string {
  return join(folder(), `${profile}.json`);
}

/** Two state folders of one person do not share a key. */
function account(profile: string): string {
  return profilePath(profile);
}

/** The key of a profile; a new profile gets one, which the keychain must hand back before it is trusted. */
async function keyOf(profile: string): Promise<Buffer> {
  const known = await readSecret(account(profile));
  if (known) return Buffer.from(known, 'base64');
  const key = randomBytes(32);
  await writeSecret(account(profile), key.toString('base64'));
  const back = await readSecret(account(profile));
  if (back === key.toString('base64')) return key;
  throw new KeychainError('it does not keep what it is given');
}

/** AES-256-GCM; the session is bound to the tokens, so that neither can be exchanged for another's. */
function seal(tokens: Tokens, key: Buffer, session: Session): Sealed {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(boundTo(session));
  const data = Buffer.concat([cipher.update(JSON.stringify(tokens)), cipher.final()]);
  return {
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
}

function unseal({ iv, tag, data }: Sealed, key: Buffer, session: Session): Tokens {
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'), {
    authTagLength: 16,
  })
    .setAAD(boundTo(session))
    .setAuthTag(Buffer.from(tag, 'base64'));
  const text = Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]);
  return JSON.parse(text.toString()) as Tokens;
}

function boundTo(session: Session): Buffer {
  return Buffer.from(JSON.stringify([session.baseUrl, session.clientId, session.sessionId]));
}

/** A backup tool or a careless copy may have opened the file to others. */
async function keepPrivate(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) await chmod(path, 0o600).catch(() => {});
}

/** Whether a file has all that a command relies on; a person, an older version or a failing disk may have changed it. */
function isStored(value: unknown): value is Stored {
  if (!isRecord(value) || value.version !== 1) return false;
  const { session, storage, tokens, sealed } = value;
  if (!isRecord(session) || !isRecord(session.user)) return false;
  const secrets =
    storage === 'file'
      ? areTexts(tokens, 'accessToken', 'refreshToken')
      : storage === 'keychain' && areTexts(sealed, 'iv', 'tag', 'data');
  return (
    secrets &&
    areTexts(session, 'baseUrl', 'clientId', 'sessionId') &&
    URL.canParse(String(session.baseUrl)) &&
    areTexts(session.user, 'id', 'email') &&
    [session.user.firstName, session.user.lastName].every(isTextOrNull) &&
    [session.organizationId, session.role, session.impersonator].every(isTextOrNull) &&
    Array.isArray(session.permissions) &&
    session.permissions.every((permission) => typeof permission === 'string') &&
    [session.signedInAt, session.obtainedAt, session.expiresAt].every(isDate)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function areTexts(value: unknown, ...names: string[]): boolean {
  return isRecord(value) && names.every((name) => typeof value[name] === 'string');
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === 'string';
}

function isDate(value: unknown): boolean {
  return typeof value === 'number' && !Number.isNaN(new Date(value).getTime());
}
