// nextjs/authkit-proxy — https://github.com/workos/authkit-nextjs#proxy--middleware
import { unsealData } from 'iron-session';
import type { NextRequest, NextResponse } from 'next/server';

/**
 * Treats a session cookie that cannot be read as no session. Most damaged seals the SDK takes for signed out; at some it
 * throws ("Invalid expiration"), and every page would be an error until the person deletes the cookie.
 *
 * @param request Loses the damaged cookie, so that nothing after this sees it.
 * @param handle What to do with the request, `authkitProxy` in the end; called again without the damaged cookie.
 * @throws What `handle` throws when the cookie can be read: that is about something else, and nobody is signed out for it.
 */
export async function withoutDamagedSession(
  request: NextRequest,
  handle: () => Promise<NextResponse>,
): Promise<NextResponse> {
  try {
    return await handle();
  } catch (error) {
    const name = process.env.WORKOS_COOKIE_NAME || 'wos-session';
    const sealed = request.cookies.get(name)?.value;
    if (!sealed || (await isReadable(sealed))) throw error;
    console.warn(`a session cookie that cannot be read is taken back: ${String(error)}`);
    request.cookies.delete(name);
    const response = await handle();
    const { WORKOS_COOKIE_DOMAIN: domain, WORKOS_COOKIE_SAMESITE: sameSite } = process.env;
    const scope = domain ? `; Domain=${domain}` : '';
    // In a frame of another site a browser takes no other deletion.
    const frame = sameSite === 'none' ? '; SameSite=None; Secure' : '';
    const deletion = `${name}=; Path=/; Max-Age=0; HttpOnly${scope}${frame}`;
    // Not by `response.cookies`, which drops what the SDK has appended: the verifier of the sign-in that this leads to.
    response.headers.append('set-cookie', deletion);
    return response;
  }
}

/** Some damaged seals are an error, others come out empty; which are, differs between releases of iron-session. */
async function isReadable(sealed: string): Promise<boolean> {
  const password = process.env.WORKOS_COOKIE_PASSWORD ?? '';
  return unsealData<{ accessToken?: string }>(sealed, { password }).then(
    ({ accessToken }) => accessToken !== undefined,
    () => false,
  );
}
