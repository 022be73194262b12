import { type NextFetchEvent, NextRequest } from 'next/server';
import middleware from '../src/middleware';

/** Nothing in a test outlives the response. */
const event = { waitUntil: () => {} } as unknown as NextFetchEvent;

/**
 * Sends a request through the middleware as a browser's visit. It accepts HTML: without that the SDK sets no verifier cookie, and
 * the callback refuses (trap/accept-header).
 *
 * @param cookies By name, e.g. those of `workos.signIn()`.
 */
export function visit(
  path: string,
  cookies: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  const cookie = Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
  const request = new NextRequest(new URL(path, 'http://localhost:3002'), {
    headers: { accept: 'text/html', cookie, ...headers },
  });
  return middleware(request, event);
}

/** What the page behind the middleware is given: the request headers that the middleware hands on, by name. */
export function handedOn(response: Response): Record<string, string> {
  const prefix = 'x-middleware-request-';
  return Object.fromEntries(
    [...response.headers]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}
