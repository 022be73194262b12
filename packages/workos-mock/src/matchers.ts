/** What a matcher answers to vitest. */
interface Verdict {
  pass: boolean;
  message: () => string;
}

const AUTHORIZE = '/user_management/authorize';

/**
 * Whether a response sends the browser to the hosted sign-in page.
 *
 * @param params Query parameters that the address must have, e.g. `{ screen_hint: 'sign-up' }`.
 */
export function isRedirectToAuthKit(
  response: Response,
  params: Record<string, string> = {},
): boolean {
  const location = response.headers.get('location');
  if (![302, 303, 307].includes(response.status) || !location || !URL.canParse(location)) {
    return false;
  }
  const { pathname, searchParams } = new URL(location);
  return (
    pathname === AUTHORIZE &&
    Object.entries(params).every(([name, value]) => searchParams.get(name) === value)
  );
}

/** The matchers in the words of the domain; `workos-mock/vitest` adds them to `expect`. */
export const matchers = {
  toRedirectToAuthKit(received: unknown, params: Record<string, string> = {}): Verdict {
    const response = toResponse(received, 'toRedirectToAuthKit');
    const wanted = Object.keys(params).length > 0 ? ` with ${JSON.stringify(params)}` : '';
    return {
      pass: isRedirectToAuthKit(response, params),
      message: () =>
        `expected a redirect to AuthKit${wanted}, got ${response.status} to ${response.headers.get('location')}`,
    };
  },
  toSetSessionCookie(received: unknown, name = 'wos-session'): Verdict {
    const lines = cookieLines(toResponse(received, 'toSetSessionCookie'), name);
    return {
      pass: lines.some((line) => !isDeletion(line)),
      message: () => `expected ${name} to be set; Set-Cookie has ${lines.join(' | ') || 'none'}`,
    };
  },
  toDeleteSessionCookie(received: unknown, name = 'wos-session'): Verdict {
    const lines = cookieLines(toResponse(received, 'toDeleteSessionCookie'), name);
    return {
      // The last line for a name is the one that browsers keep.
      pass: lines.length > 0 && isDeletion(lines.at(-1)!),
      message: () =>
        `expected ${name} to be deleted; Set-Cookie has ${lines.join(' | ') || 'none'}`,
    };
  },
};

function cookieLines(response: Response, name: string): string[] {
  return response.headers.getSetCookie().filter((line) => line.startsWith(`${name}=`));
}

/** An empty value, or one that is over already. */
function isDeletion(line: string): boolean {
  const [pair = '', ...attributes] = line.split(';');
  if (pair.endsWith('=')) return true;
  return attributes.some((attribute) => {
    const [, key = '', value = ''] = /^\s*([^=]+)=?(.*)$/.exec(attribute) ?? [];
    if (/^max-age$/i.test(key)) return Number(value) <= 0;
    return /^expires$/i.test(key) && Date.parse(value) <= Date.now();
  });
}

function toResponse(received: unknown, matcher: string): Response {
  // Not `instanceof`: frameworks bring a Response of their own.
  const headers = (received as Response | undefined)?.headers;
  if (typeof headers?.getSetCookie === 'function') return received as Response;
  throw new TypeError(`${matcher} takes a Response, got ${typeof received}; was it awaited?`);
}
