// nextjs/handle-auth, ask/deep-link — https://github.com/workos/authkit-nextjs#callback-route
import { unsealData } from 'iron-session';
import type { NextRequest } from 'next/server';
import { returnPath } from '../../return-path';

/**
 * Finds the page that a sign-in was to end on, when it ended in an error instead: who cancels, and then tries again, still comes
 * to that page. WorkOS sends the state back with an error too (RFC 6749, 4.1.2.1).
 *
 * @param request Of the callback.
 * @returns A path of this app; undefined when the state was not sealed by this app for this browser, or has expired.
 */
export async function wantedPage(request: NextRequest): Promise<string | undefined> {
  const state = request.nextUrl.searchParams.get('state');
  const begunHere = request.cookies
    .getAll()
    .some(({ name, value }) => name.startsWith('wos-auth-verifier') && value === state);
  if (!state || !begunHere) return undefined;
  try {
    const password = process.env.WORKOS_COOKIE_PASSWORD ?? '';
    const { returnPathname } = await unsealData<{ returnPathname?: unknown }>(state, { password });
    return returnPath(returnPathname);
  } catch {
    // Sealed with another password, or not a seal at all.
    return undefined;
  }
}
