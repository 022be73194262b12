// ask/cookie-budget — https://github.com/workos/authkit-nextjs#pkce-and-csrf-protection
import { cookies } from 'next/headers';

/** How many sign-ins a browser may have begun at once: tabs. */
const MOST = 5;

/**
 * Deletes the cookies of old unfinished sign-ins, about 450 bytes each. The proxy of the SDK does so; `getSignInUrl()` in a
 * route handler does not, and after some forty of them a server answers 431.
 */
export async function forgetOldSignIns(): Promise<void> {
  const jar = await cookies();
  const begun = jar.getAll().filter(({ name }) => name.startsWith('wos-auth-verifier'));
  // Browsers send the oldest first.
  for (const { name } of begun.slice(0, Math.max(0, begun.length - MOST + 1))) {
    jar.delete({ name, path: '/', domain: process.env.WORKOS_COOKIE_DOMAIN || undefined });
  }
}
