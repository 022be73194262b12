import { deleteCookie, setCookie } from 'hono/cookie';
import type { Session } from './entities.ts';
import type { AppContext, Environment } from './environment.ts';
import { isAllowedOrigin } from './redirect-uris.ts';

/** Readable by the page: authkit-js looks for it before it asks for a session at all. */
const HINT_COOKIE = 'workos-has-session';
/** Four hundred days, the longest that browsers keep a cookie; in seconds. */
const MAX_AGE = 400 * 24 * 60 * 60;

/** The cookie that holds a browser's refresh token in the production mode of authkit-js. */
export function refreshCookieName(env: Environment): string {
  return `workos-refresh-${env.store.settings.clientId}`;
}

/** Lets the pages of allowed origins call with cookies; a browser refuses the answer to all others. */
export function allowCors(c: AppContext): void {
  c.header('Vary', 'Origin', { append: true });
  const origin = c.req.header('origin');
  if (!origin || !isAllowedOrigin(origin, c.env.store.settings.corsOrigins)) return;
  c.header('Access-Control-Allow-Origin', origin);
  c.header('Access-Control-Allow-Credentials', 'true');
  c.header('Access-Control-Allow-Headers', 'Authorization, Content-Type, Accept');
  c.header('Access-Control-Allow-Methods', 'GET, POST, OPTIONS');
  c.header('Access-Control-Max-Age', '600');
}

/**
 * Gives a browser its refresh token where scripts cannot read it, and the hint that there is one. The hint is for the page
 * to read, so it covers the domain that the page shares with the API, as `example.com` for `app.` and `auth.example.com`.
 * A page of another site gets the same cookies and its browser drops them: that is why production needs a domain of its own.
 */
export function setSessionCookies(c: AppContext, session: Session): void {
  const origin = c.req.header('origin');
  if (!origin || !isAllowedOrigin(origin, c.env.store.settings.corsOrigins)) return;
  const shared = { path: '/', sameSite: 'Lax', maxAge: MAX_AGE } as const;
  setCookie(c, refreshCookieName(c.env), session.refreshToken, { ...shared, httpOnly: true });
  const domain = parentDomain(c);
  const isSibling = domain !== undefined && new URL(origin).hostname.endsWith(`.${domain}`);
  setCookie(c, HINT_COOKIE, session.clientId, { ...shared, ...(isSibling && { domain }) });
}

/** Takes the cookies back at sign-out, whichever domain the hint was for: a navigation does not say which page it left. */
export function clearSessionCookies(c: AppContext): void {
  deleteCookie(c, refreshCookieName(c.env), { path: '/' });
  deleteCookie(c, HINT_COOKIE, { path: '/' });
  const domain = parentDomain(c);
  if (domain)
    c.header('Set-Cookie', `${HINT_COOKIE}=; Max-Age=0; Domain=${domain}; Path=/`, {
      append: true,
    });
}

/** The domain above the API's own, when there is one that cookies may be set for: not a top-level domain, not an address. */
function parentDomain(c: AppContext): string | undefined {
  const { hostname } = new URL(c.req.url);
  const [, ...rest] = hostname.split('.');
  return rest.length < 2 || /^[\d.]+$/.test(hostname) ? undefined : rest.join('.');
}
