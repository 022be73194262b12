// ask/cookie-budget — https://github.com/workos/authkit-nextjs#pkce-and-csrf-protection
import type { NextRequest } from 'next/server';

const VERIFIER = 'wos-auth-verifier';
/** How many sign-ins a browser may have begun at once: tabs. */
const MOST = 5;

/**
 * Keeps the cookies of unfinished sign-ins few, about 450 bytes each. Version 3 prepares a sign-in for every page that somebody
 * sees signed out, public ones too, and leaves its cookie for ten minutes; after some forty pages a server answers 431 to
 * everything. Version 4 does this by itself.
 *
 * @param request Names the sign-ins that this browser has begun.
 * @param response Of `authkitMiddleware`: loses the cookie of a sign-in that it does not lead to, and deletes old ones.
 */
export function keepFewVerifiers(request: NextRequest, response: Response): void {
  const isVerifier = (text: string) => text.startsWith(VERIFIER);
  const leadsToSignIn = response.headers.has('location');
  const lines = response.headers
    .getSetCookie()
    .filter((line) => leadsToSignIn || !isVerifier(line));
  const begun = request.cookies.getAll().filter(({ name }) => isVerifier(name));
  const tooMany = Math.max(0, begun.length + lines.filter(isVerifier).length - MOST);
  const { WORKOS_COOKIE_DOMAIN: domain } = process.env;
  // Browsers send the oldest first.
  for (const { name } of begun.slice(0, tooMany)) {
    lines.push(`${name}=; Path=/; Max-Age=0${domain ? `; Domain=${domain}` : ''}`);
  }
  response.headers.delete('set-cookie');
  for (const line of lines) response.headers.append('set-cookie', line);
}
