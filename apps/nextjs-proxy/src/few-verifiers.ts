// ask/cookie-budget — https://github.com/workos/authkit-nextjs#pkce-and-csrf-protection
import type { NextRequest } from 'next/server';

/** How much the cookies of unfinished sign-ins may take together, in bytes: some nine of them, or one with a long return path. */
const MOST = 4_096;

/**
 * Deletes the cookies of old unfinished sign-ins. Where the SDK's proxy redirects it keeps five; a link to a sign-in route, which
 * anybody can send a browser to, adds one each time, and from 16 KB of cookies on a server answers 431 to everything.
 *
 * @param request Names the sign-ins that this browser has begun.
 * @param response Deletes the oldest, as soon as they are too much.
 */
export function keepFewVerifiers(request: NextRequest, response: Response): void {
  const begun = request.cookies.getAll().filter(({ name }) => name.startsWith('wos-auth-verifier'));
  const { WORKOS_COOKIE_DOMAIN: domain, WORKOS_COOKIE_SAMESITE: sameSite } = process.env;
  const scope = domain ? `; Domain=${domain}` : '';
  // In a frame of another site a browser takes no other deletion.
  const frame = sameSite === 'none' ? '; SameSite=None; Secure' : '';
  let bytes = 0;
  // Browsers send the oldest first.
  for (const { name, value } of begun.toReversed()) {
    bytes += name.length + value.length;
    if (bytes <= MOST) continue;
    response.headers.append('set-cookie', `${name}=; Path=/; Max-Age=0${scope}${frame}`);
  }
}
