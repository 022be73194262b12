// ask/cookie-budget — https://github.com/workos/authkit-nextjs#pkce-and-csrf-protection
import type { NextRequest } from 'next/server';

/** How much the cookies of unfinished sign-ins may take together, in bytes: some nine of them, or one with a long return path. */
const MOST = 4_096;

/**
 * Keeps the cookies of unfinished sign-ins few. Version 3 prepares a sign-in for every page that somebody sees signed out, public
 * ones too, and leaves its cookie for ten minutes; from 16 KB of cookies on a server answers 431 to everything. Version 4 leaves
 * none on public pages, and keeps five where its proxy redirects; those that a sign-in route adds it never deletes.
 *
 * @param request Names the sign-ins that this browser has begun.
 * @param response Of `authkitMiddleware`: loses the cookie of a sign-in that it does not lead to, and deletes the oldest ones, as
 *   soon as they are too much.
 */
export function keepFewVerifiers(request: NextRequest, response: Response): void {
  const isVerifier = (text: string) => text.startsWith('wos-auth-verifier');
  const leadsToSignIn = response.headers.has('location');
  const lines = response.headers
    .getSetCookie()
    .filter((line) => leadsToSignIn || !isVerifier(line));
  const begun = request.cookies.getAll().filter(({ name }) => isVerifier(name));
  const { WORKOS_COOKIE_DOMAIN: domain, WORKOS_COOKIE_SAMESITE: sameSite } = process.env;
  const scope = domain ? `; Domain=${domain}` : '';
  // In a frame of another site a browser takes no other deletion.
  const frame = sameSite === 'none' ? '; SameSite=None; Secure' : '';
  let bytes = 0;
  // Browsers send the oldest first.
  for (const { name, value } of begun.toReversed()) {
    bytes += name.length + value.length;
    if (bytes <= MOST) continue;
    lines.push(`${name}=; Path=/; Max-Age=0${scope}${frame}`);
  }
  response.headers.delete('set-cookie');
  for (const line of lines) response.headers.append('set-cookie', line);
}
