// trap/cookie-too-large — https://github.com/workos/authkit-nextjs#cookie-requirements
import { cookies } from 'next/headers';

/** Browsers drop a cookie that is longer, name and value together, in bytes. */
const MOST = 4096;

/** A session that no browser would keep. */
export class SessionTooLarge extends Error {
  override name = 'SessionTooLarge';
}

/**
 * Refuses a session that the browser would drop without a word, after which the person would be sent to sign in for ever. About
 * sixty permissions are too many: put fewer into the token (roles, a leaner JWT template) and look the rest up.
 *
 * @throws SessionTooLarge, from `onSuccess`, with the size in bytes.
 */
export async function requireStorableSession(): Promise<void> {
  const name = process.env.WORKOS_COOKIE_NAME || 'wos-session';
  const size = name.length + ((await cookies()).get(name)?.value.length ?? 0);
  if (size > MOST) throw new SessionTooLarge(`The session cookie has ${size} bytes of ${MOST}.`);
}
