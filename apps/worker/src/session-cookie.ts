// ask/cookie-budget, trap/cookie-too-large — https://workos.com/docs/authkit/sessions
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { CookieOptions } from 'hono/utils/cookie';
import { ApiError } from './api-error';
import type { AppContext } from './env';

const NAME = 'wos-session';
/** Browsers drop a cookie whose name and value together have more than 4,096 bytes, without a word. */
const LONGEST_VALUE = 4_000;
/** A session of more parts would not fit into the request headers of what may stand in between. */
const MOST_PARTS = 4;
/** As long as browsers keep a cookie: WorkOS decides when a session ends. In seconds. */
const MAX_AGE = 400 * 24 * 60 * 60;

/**
 * The sealed session of a request, put together from its parts.
 *
 * @returns Undefined when there is none.
 */
export function readSessionCookie(c: AppContext): string | undefined {
  const name = cookieName(c, NAME);
  const cookies = getCookie(c);
  let sealed = cookies[name] ?? '';
  if (!sealed) for (let i = 0; cookies[`${name}.${i}`]; i++) sealed += cookies[`${name}.${i}`];
  return sealed || undefined;
}

/**
 * Keeps a sealed session in the browser: in one cookie, or in several when one would be too long. About 60 permissions make
 * a session too long for one.
 *
 * @throws ApiError 500 when it is too long for several too: keep the token small.
 */
export function writeSessionCookie(c: AppContext, sealed: string): void {
  const name = cookieName(c, NAME);
  const count = Math.ceil(sealed.length / LONGEST_VALUE);
  if (count > MOST_PARTS) {
    const message = 'The session is too large for cookies: put less into the access token.';
    throw new ApiError(500, 'session_too_large', message);
  }
  const parts = new Map<string, string>();
  for (let i = 0; i < count; i++) {
    const part = sealed.slice(i * LONGEST_VALUE, (i + 1) * LONGEST_VALUE);
    parts.set(count === 1 ? name : `${name}.${i}`, part);
  }
  for (const [part, value] of parts) {
    setCookie(c, part, value, { ...cookieOptions(c), maxAge: MAX_AGE });
  }
  for (const existing of sentParts(c)) {
    if (!parts.has(existing)) deleteCookie(c, existing, cookieOptions(c));
  }
}

/**
 * Takes the session out of the browser: what the request had of it, and every part that this answer may have written before,
 * as when the session was refreshed on the way.
 */
export function clearSessionCookie(c: AppContext): void {
  const name = cookieName(c, NAME);
  const written = Array.from({ length: MOST_PARTS }, (_, i) => `${name}.${i}`);
  for (const part of new Set([name, ...written, ...sentParts(c)])) {
    deleteCookie(c, part, cookieOptions(c));
  }
}

function sentParts(c: AppContext): string[] {
  const name = cookieName(c, NAME);
  return Object.keys(getCookie(c)).filter((sent) => sent === name || sent.startsWith(`${name}.`));
}

/**
 * The full name of a cookie. Under https it begins with `__Host-`: then no other host of the domain can set it, and so
 * nobody can be signed in as somebody else by a sibling that was taken over.
 */
export function cookieName(c: AppContext, name: string): string {
  return isSecure(c) ? `__Host-${name}` : name;
}

/** What every cookie of this Worker has: out of reach of scripts, not sent by other sites' forms. */
export function cookieOptions(c: AppContext): CookieOptions {
  return { path: '/', httpOnly: true, sameSite: 'Lax', secure: isSecure(c) };
}

function isSecure(c: AppContext): boolean {
  return new URL(c.req.url).protocol === 'https:';
}
