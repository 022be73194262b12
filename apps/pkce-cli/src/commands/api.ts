import { text as readAll } from 'node:stream/consumers';
import type { Context } from '../context.ts';
import { CliError, type Failure, SIGN_IN_HINT } from '../errors.ts';
import { readWorkerUrl } from '../settings.ts';
import { plain, toJson } from '../terminal.ts';

export interface ApiOptions {
  method?: string;
  data?: string;
}

/** What an API answered. */
export interface ApiAnswer {
  status: number;
  type: string;
  /** Where a redirect leads. */
  location: URL | null;
  text: string;
}

/** How long the API may take, in milliseconds. */
const TIMEOUT = 30_000;

/** Calls the API as the person who is signed in and prints what it answers. */
export async function api(
  context: Context,
  path: string,
  { method, data }: ApiOptions,
): Promise<void> {
  let body = data;
  if (data === '-') {
    // Who is not signed in learns it before anything is read that may be long, or be typed.
    await context.session();
    body = await readAll(process.stdin);
  }
  const answer = await callApi(context, path, {
    method: (method ?? (body === undefined ? 'GET' : 'POST')).toUpperCase(),
    ...(body !== undefined && { body, headers: { 'content-type': 'application/json' } }),
  });
  process.stdout.write(printable(answer));
  if (answer.status >= 300) throw apiError(answer);
}

/**
 * Calls the API with a live token. One that is refused all the same (a clock that is off, a key that was rotated) is
 * refreshed and tried once more: a 401 says that nothing was done.
 *
 * @param path Below WORKER_URL, which may have a path of its own; it begins with a slash. A token goes nowhere else.
 * @throws CliError `usage` for another address, `unavailable` when there is no answer, and what `session` throws.
 */
export async function callApi(
  { terminal, session: open }: Pick<Context, 'terminal' | 'session'>,
  path: string,
  init: RequestInit = {},
): Promise<ApiAnswer> {
  const url = urlBelow(readWorkerUrl(), path);
  const call = async (force: boolean): Promise<ApiAnswer> => {
    const { accessToken } = await open({ force });
    const authorization = `Bearer ${await accessToken()}`;
    terminal.trace(`${init.method ?? 'GET'} ${url.origin}${url.pathname}`);
    try {
      const response = await fetch(url, {
        ...init,
        headers: { accept: 'application/json', ...init.headers, authorization },
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT),
      });
      const { status, headers } = response;
      terminal.trace(`HTTP ${status}`);
      const location = headers.get('location');
      return {
        status,
        type: headers.get('content-type') ?? '',
        location: location === null ? null : URL.parse(location, url.href),
        text: await response.text(),
      };
    } catch (cause) {
      throw new CliError('unavailable', `The API at ${url.origin} cannot be reached.`, {
        hint: 'WORKER_URL says where it is.',
        cause,
      });
    }
  };
  const answer = await call(false);
  return answer.status === 401 ? call(true) : answer;
}

/** An answer of the API that is an error, or a redirect, as the command's own. */
export function apiError({ status, location, text }: ApiAnswer): CliError {
  const failures: Record<number, Failure> = {
    401: 'notSignedIn',
    403: 'refused',
    429: 'unavailable',
  };
  const failure = failures[status] ?? (status >= 500 ? 'unavailable' : 'failed');
  if (status < 400) {
    // Without the query, which may hold what is not for a terminal.
    const where = location ? `, a redirect to ${location.origin}${location.pathname}` : '';
    return new CliError(failure, `The API answered ${status}${where}.`, {
      hint: 'The token goes to WORKER_URL alone: set it to where the API is.',
    });
  }
  let reason = '';
  try {
    const body = JSON.parse(text) as { message?: unknown };
    if (typeof body.message === 'string') reason = `: ${body.message}`;
  } catch {
    // Not JSON: the status says enough.
  }
  return new CliError(failure, `The API answered ${status}${reason}`, {
    ...(status === 401 && { hint: SIGN_IN_HINT }),
  });
}

function urlBelow(base: URL, path: string): URL {
  // `//host`, `/\host` and tabs in between lead elsewhere by the rules of URLs.
  const url = URL.canParse(path, base.href) ? new URL(path, base) : null;
  if (path.startsWith('/') && url?.origin === base.origin) {
    // In front of what is resolved already, so that `..` does not lead out of the base's own path.
    url.pathname = base.pathname.replace(/\/$/, '') + url.pathname;
    return url;
  }
  throw new CliError('usage', `"${path}" is not a path of ${base.origin}.`, {
    hint: 'For example: pkce-cli api /api/me',
  });
}

/** For a terminal JSON is laid out, and nothing in it can move the cursor; a pipe gets what was sent. */
function printable({ type, text }: ApiAnswer): string {
  if (!process.stdout.isTTY) return text;
  try {
    if (type.includes('json')) return `${toJson(JSON.parse(text), 2)}\n`;
  } catch {
    // Not JSON after all.
  }
  return `${text.split('\n').map(plain).join('\n')}\n`;
}
