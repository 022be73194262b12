// ask/how-to-test — https://workos.com/docs/authkit/testing
// Next.js' own storages, filled as its server fills them for a server action or a route handler.
import { getURLFromRedirectError } from 'next/dist/client/components/redirect';
import { workAsyncStorage } from 'next/dist/server/app-render/work-async-storage.external';
import { workUnitAsyncStorage } from 'next/dist/server/app-render/work-unit-async-storage.external';
import { createRequestStoreForAPI } from 'next/dist/server/async-storage/request-store';
import { NextRequest } from 'next/server';
import { visit } from './visit';

/** What came of a server action or a route handler. */
export interface Outcome<T> {
  /** What it returned; undefined when it redirected. */
  result: T | undefined;
  /** Where it redirected to. */
  redirect: string | null;
  /** The cookies that it set, by name; an empty value is a deletion. */
  cookies: Record<string, string>;
  /** The `Set-Cookie` headers themselves. */
  lines: string[];
}

/** What is unusual about a request. */
interface RequestOptions {
  headers?: Record<string, string>;
  /** As while a server component renders, when cookies cannot be set. */
  rendering?: boolean;
  /** The host that the server sees, which behind a proxy is not the app's. */
  origin?: string;
}

/**
 * Runs server code as Next.js runs a server action or a route handler: the request goes through this app's proxy first, and
 * `headers()` and `cookies()` answer from what the proxy hands on.
 *
 * @param path Of the page that the request belongs to.
 * @param cookies By name, e.g. those of `workos.signIn()`.
 * @param run Gets the request, for code that takes one.
 */
export async function inRequest<T>(
  path: string,
  cookies: Record<string, string>,
  run: (request: NextRequest) => Promise<T>,
  { headers = {}, rendering = false, origin = 'http://localhost:3000' }: RequestOptions = {},
): Promise<Outcome<T>> {
  const forwarded = new Headers({ accept: 'text/html', ...headers });
  for (const [name, value] of (await visit(path, cookies, headers)).headers) {
    const [, original] = /^x-middleware-request-(.*)$/.exec(name) ?? [];
    if (original) forwarded.set(original, value);
  }
  const request = new NextRequest(new URL(path, origin), { headers: forwarded });
  const set: Record<string, string> = {};
  let sent: string[] = [];
  const store = createRequestStoreForAPI(
    request,
    { pathname: request.nextUrl.pathname, search: request.nextUrl.search },
    { tags: [], expirationsByCacheKind: new Map() },
    (lines) => {
      sent = lines;
      for (const line of lines) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        set[name] = decodeURIComponent(value);
      }
    },
    undefined,
  );
  if (rendering) store.phase = 'render';
  const work = { route: path, page: path, forceStatic: false, incrementalCache: {} };
  try {
    const result = await workAsyncStorage.run(work as never, () =>
      workUnitAsyncStorage.run(store, () => run(request)),
    );
    return { result, redirect: null, cookies: set, lines: sent };
  } catch (error) {
    const redirect = getURLFromRedirectError(error as never);
    if (redirect === null) throw error;
    return { result: undefined, redirect, cookies: set, lines: sent };
  }
}
