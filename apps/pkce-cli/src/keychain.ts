import { CliError } from './errors.ts';

const SERVICE = 'pkce-cli';
/** A locked keychain asks its owner to unlock it; nobody may be there to answer. In milliseconds. */
const PATIENCE = 60_000;

/** There is no keychain, it stays locked, or it does not keep what it is given. */
export class KeychainError extends CliError {
  override name = 'KeychainError';

  constructor(reason: string, cause?: unknown) {
    const hint = 'Unlock it and try again, or sign in with `pkce-cli login --storage file`.';
    super('storage', `${keychainName}: ${reason}.`, { hint, cause });
  }
}

/** What the keychain is called where this runs. */
export const keychainName =
  process.platform === 'darwin'
    ? 'macOS Keychain'
    : process.platform === 'win32'
      ? 'Windows Credential Manager'
      : 'Secret Service (org.freedesktop.secrets)';

/**
 * Reads a secret from the operating system's keychain.
 *
 * @param account Whose, e.g. the profile's name.
 * @returns null when there is none.
 * @throws KeychainError
 */
export async function readSecret(account: string): Promise<string | null> {
  return useEntry(account, (entry, signal) => entry.getPassword(signal));
}

/** Keeps a secret in the keychain. */
export async function writeSecret(account: string, secret: string): Promise<void> {
  await useEntry(account, (entry, signal) => entry.setPassword(secret, signal));
}

/** Removes a secret; nothing happens when there is none. */
export async function deleteSecret(account: string): Promise<void> {
  await useEntry(account, (entry, signal) => entry.deletePassword(signal));
}

type Entry = import('@napi-rs/keyring').AsyncEntry;

async function useEntry<T>(
  account: string,
  use: (entry: Entry, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  try {
    const { AsyncEntry } = await import('@napi-rs/keyring');
    // Pinned: the library would fall back to the kernel's key ring, which forgets at the next start of the machine.
    const entry = new AsyncEntry(SERVICE, account, { linux: { store: 'secret-service' } });
    return await use(entry, AbortSignal.timeout(PATIENCE));
  } catch (cause) {
    throw new KeychainError(
      cause instanceof Error ? (cause.message.split('\n')[0] ?? 'no answer') : 'no answer',
      cause,
    );
  }
}
