/** Crockford's base32, as ULIDs use it: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * Makes an identifier in WorkOS' form: a prefix that names the kind, then a ULID, which sorts by time.
 *
 * @param prefix What the identifier is for, e.g. `user`, `org`, `session`.
 * @param now Milliseconds since 1970 on the mock's clock.
 * @returns For example `user_01KAT2V7WQ8ZJ6M3N5R9Y4XHFD`.
 */
export function createId(prefix: string, now: number): string {
  let time = '';
  let rest = now;
  for (let i = 0; i < 10; i++) {
    time = ALPHABET.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  return `${prefix}_${time}${randomString(16)}`;
}

/**
 * Makes a secret or a random suffix out of unguessable characters.
 *
 * @param length How many characters; each carries five bits.
 */
export function randomString(length: number): string {
  let text = '';
  for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
    text += ALPHABET.charAt(byte & 31);
  }
  return text;
}

/** Makes a six-digit one-time code, as WorkOS e-mails them. */
export function oneTimeCode(): string {
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
  return String(number % 1_000_000).padStart(6, '0');
}
