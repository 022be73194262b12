// nextjs/authkit-proxy — https://github.com/workos/authkit-nextjs#proxy--middleware
import type { NextRequest, NextResponse } from 'next/server';

/**
 * Treats a session cookie that cannot be read as no session. Most damaged seals the SDK takes for signed out; at some it
 * throws ("Invalid expiration"), and every page would be an error until the person deletes the cookie.
 *
 * @param request Loses the damaged cookie, so that nothing after this sees it.
 * @param handle What to do with the request, `authkitProxy` in the end.
 */
export async function withoutDamagedSession(
  request: NextRequest,
  handle: () => Promise<NextResponse>,
): Promise<NextResponse> {
  try {
    return await handle();
  } catch (error) {
    const name = process.env.WORKOS_COOKIE_NAME || 'wos-session';
    if (!request.cookies.has(name)) throw error;
    request.cookies.delete(name);
    const response = await handle();
    const domain = process.env.WORKOS_COOKIE_DOMAIN || undefined;
    response.cookies.set({ name, value: '', path: '/', maxAge: 0, httpOnly: true, domain });
    return response;
  }
}
