// ask/two-tabs-sign-in — https://workos.com/docs/reference/authkit/authentication/get-authorization-url/redirect-uri
import { deleteCookie, getCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import type { AppContext } from './env';
import { returnPath } from './return-path';
import { cookieName, cookieOptions } from './session-cookie';

/** What a sign-in that has begun leaves in the browser, so that nobody else's can be finished there. */
export interface SignInAttempt {
  state: string;
  codeVerifier: string;
  /** A path of this Worker. */
  returnTo: string;
  /** Of a sign-in at somebody's own identity provider: what it was asked for by. */
  selector?: Record<string, string>;
}

/** One cookie an attempt: two tabs may sign in at the same time. */
const NAME = 'wos-sign-in-';
/** Sign-ins that nobody finished must not fill the request headers. */
const MOST = 5;
/** Codes live ten minutes. In seconds. */
const LIFETIME = 600;

/** Keeps an attempt in the browser, where scripts cannot read it and nobody can change it. */
export async function keepAttempt(c: AppContext, attempt: SignInAttempt): Promise<void> {
  const prefix = cookieName(c, NAME);
  const earlier = Object.keys(getCookie(c)).filter((name) => name.startsWith(prefix));
  // The names begin with the time, so the first are the oldest.
  for (const name of earlier.toSorted().slice(0, Math.max(0, earlier.length + 1 - MOST))) {
    deleteCookie(c, name, cookieOptions(c));
  }
  const name = `${prefix}${Date.now().toString(36)}-${attempt.state.slice(0, 8)}`;
  await setSignedCookie(c, name, JSON.stringify(attempt), c.env.WORKOS_COOKIE_PASSWORD, {
    ...cookieOptions(c),
    maxAge: LIFETIME,
  });
}

/** The attempt of this browser with that state, which is then used up; undefined when there is none. */
export async function takeAttempt(
  c: AppContext,
  state: string | undefined,
): Promise<SignInAttempt | undefined> {
  if (!state) return undefined;
  const prefix = cookieName(c, NAME);
  const suffix = `-${state.slice(0, 8)}`;
  for (const name of Object.keys(getCookie(c))) {
    if (!name.startsWith(prefix) || !name.endsWith(suffix)) continue;
    const value = await getSignedCookie(c, c.env.WORKOS_COOKIE_PASSWORD, name);
    const attempt = value ? (JSON.parse(value) as SignInAttempt) : undefined;
    if (attempt?.state !== state) continue;
    deleteCookie(c, name, cookieOptions(c));
    return { ...attempt, returnTo: returnPath(attempt.returnTo) ?? '/' };
  }
  return undefined;
}
