// nextjs/pkce-always-on — https://github.com/workos/authkit-nextjs#pkce-and-csrf-protection
import { cookies } from 'next/headers';

/**
 * The sign-ins that this browser has begun and not finished. Each has a cookie of its own, named after its state, so that
 * two tabs can sign in at once; its value is the sealed verifier, lives ten minutes, and is emptied by the callback.
 *
 * @returns The names of the cookies. Their values are secrets.
 */
export async function pendingSignIns(): Promise<string[]> {
  const all = (await cookies()).getAll();
  return all
    .filter(({ name, value }) => name.startsWith('wos-auth-verifier') && value !== '')
    .map(({ name }) => name);
}
