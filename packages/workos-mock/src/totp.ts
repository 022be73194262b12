/** RFC 6238's defaults, which every authenticator app knows: SHA-1, six digits, thirty seconds. */
const STEP = 30_000;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Makes a secret for an authenticator app: 160 bits in base32. */
export function createTotpSecret(): string {
  return [...crypto.getRandomValues(new Uint8Array(32))]
    .map((byte) => ALPHABET.charAt(byte & 31))
    .join('');
}

/** The number of the thirty seconds that a time is in. */
export function totpStep(now: number): number {
  return Math.floor(now / STEP);
}

/**
 * The code that an authenticator app shows.
 *
 * @param secret In base32.
 * @param step From `totpStep`.
 * @see https://www.rfc-editor.org/rfc/rfc6238
 */
export async function totpCode(secret: string, step: number): Promise<string> {
  const key = await crypto.subtle.importKey(
    'raw',
    fromBase32(secret),
    { name: 'HMAC', hash: 'SHA-1' },
    false,
    ['sign'],
  );
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(step));
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer));
  const offset = mac.getUint8(19) & 15;
  const number = mac.getUint32(offset) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/**
 * The step whose code this is: the present one, the one before or the one after, as clocks differ.
 *
 * @param after Steps up to this one are used up.
 * @returns Null when it is none of them.
 */
export async function findTotpStep(
  secret: string,
  code: string,
  now: number,
  after: number,
): Promise<number | null> {
  for (const step of [0, -1, 1].map((offset) => totpStep(now) + offset)) {
    if (step > after && (await totpCode(secret, step)) === code) return step;
  }
  return null;
}

function fromBase32(text: string): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const character of text.toUpperCase().replaceAll('=', '')) {
    buffer = ((buffer << 5) | ALPHABET.indexOf(character)) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((buffer >> bits) & 0xff);
  }
  return Uint8Array.from(bytes);
}
