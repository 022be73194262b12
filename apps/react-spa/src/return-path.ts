// react/state — https://workos.com/docs/sdks/authkit-react#passing-data-through-auth-flows

/** Pages that end a visit or begin a sign-in: coming back to them would go in circles. */
const NOT_PLACES = new Set(['/login', '/callback', '/logout']);

/**
 * The one place where a return path is validated. It travels in the query and in `state`, which nobody signs: whoever
 * writes a link writes the path.
 *
 * @param value What was found, of any type.
 * @returns A path of this app with its query and fragment; `/` for anything else.
 */
export function readReturnPath(value: unknown): string {
  if (typeof value !== 'string' || !value.startsWith('/')) return '/';
  // The browser's own parser: it knows every spelling of another host, such as `/\host` and `/<tab>/host`.
  if (!URL.canParse(value, window.location.origin)) return '/';
  const url = new URL(value, window.location.origin);
  // A resolved path such as `//host` would name another host when it is used again.
  if (url.origin !== window.location.origin || url.pathname.startsWith('//')) return '/';
  if (NOT_PLACES.has(routeOf(url.pathname))) return '/';
  return url.pathname + url.search + url.hash;
}

/** The path as the router compares it: `/%6COGIN/` is `/login` to it. */
function routeOf(pathname: string): string {
  let route = pathname;
  try {
    route = decodeURIComponent(pathname);
  } catch {
    // Not an encoding, so the router takes it as it stands.
  }
  return route.toLowerCase().replace(/\/+$/, '');
}

/** Reads the return path out of a `state` parameter as it stands in the callback's URL. */
export function readReturnPathFromState(state: string | null): string {
  try {
    const parsed: unknown = JSON.parse(state ?? 'null');
    if (typeof parsed !== 'object' || parsed === null || !('returnTo' in parsed)) return '/';
    return readReturnPath(parsed.returnTo);
  } catch {
    return '/';
  }
}

/**
 * The link that signs a person in and brings them back. It is an address of this app, so it can be copied, opened in
 * another tab and rendered as often as one likes; a URL of the hosted page can not (react/url-helpers).
 */
export function signInPath(returnTo: string, options: { signUp?: boolean } = {}): string {
  const params = new URLSearchParams({ returnTo });
  if (options.signUp) params.set('screen_hint', 'sign-up');
  return `/login?${params}`;
}

/** Where the person is, as a path of this app. */
export function currentPath(): string {
  const { pathname, search, hash } = window.location;
  return readReturnPath(pathname + search + hash);
}
