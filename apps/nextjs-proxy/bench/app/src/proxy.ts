import { authkitProxy } from '@workos-inc/authkit-nextjs';
import {
  type NextFetchEvent,
  type NextMiddleware,
  type NextRequest,
  NextResponse,
} from 'next/server';
import ours from '../../../src/proxy';
import { proxyOptions } from '../../../src/proxy-options';

/** One build for all, so that they differ in nothing else. */
const proxies: Record<string, NextMiddleware> = {
  'empty proxy.ts': () => NextResponse.next(),
  authkitProxy: authkitProxy(proxyOptions()),
  'this app': ours,
};
const chosen = proxies[process.env.BENCH_PROXY ?? ''];

export default function proxy(request: NextRequest, event: NextFetchEvent) {
  if (!chosen) throw new Error(`BENCH_PROXY must be one of: ${Object.keys(proxies).join(', ')}`);
  return chosen(request, event);
}

/** That of the app, without one public page more. */
export const config = {
  matcher: ['/((?!_next/static|_next/image|icon.svg|favicon.ico|robots.txt|skipped).*)'],
};
