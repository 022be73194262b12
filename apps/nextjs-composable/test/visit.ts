import { NextRequest } from 'next/server';
import proxy from '../src/proxy';

export const ORIGIN = 'http://localhost:3000';

/** `a=1; b=2`, as a browser sends it. */
export function cookieHeader(cookies: Record<string, string>): string {
  return Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
}

/**
 * Sends a request through the proxy as a browser's visit. It accepts HTML: without that the SDK sets no verifier cookie, and
 * the callback refuses (trap/accept-header).
 *
 * @param cookies By name, e.g. those of `workos.signIn()`.
 */
export function visit(
  path: string,
  cookies: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  const cookie = cookieHeader(cookies);
  return proxy(
    new NextRequest(`${ORIGIN}${path}`, {
      headers: {
        accept: 'text/html',
        'accept-language': 'en',
        host: 'localhost:3000',
        ...headers,
        ...(cookie && { cookie }),
      },
    }),
  );
}

/** What the page behind the proxy is given: the request headers that the proxy hands on, by name. */
export function handedOn(response: Response): Record<string, string> {
  const prefix = 'x-middleware-request-';
  return Object.fromEntries(
    [...response.headers]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}

/** The redirect URI that AuthKit is asked to come back to. */
export function redirectUriOf(response: Response): string | null {
  return new URL(response.headers.get('location') ?? '').searchParams.get('redirect_uri');
}
