// node/confidential-pkce — https://workos.com/docs/reference/authkit/authentication/get-authorization-url/pkce
import { getCookie, getSignedCookie, deleteCookie, setSignedCookie } from 'hono/cookie';
import { ApiError } from './api-error';
import type { AppContext } from './env';
import { returnPath } from './return-path';
import { cookieName, cookieOptions, writeSessionCookie } from './session-cookie';
import { isWorkosError, workosFor } from './workos';

/** What a sign-in that has begun leaves in the browser, so that nobody else's can be finished there. */
interface Attempt {
  state: string;
  codeVerifier: string;
  returnTo: string;
}

/** One cookie an attempt: two tabs may sign in at the same time. */
const ATTEMPT = 'wos-sign-in-';
/** Sign-ins that nobody finished must not fill the request headers. */
const MOST_ATTEMPTS = 5;
/** Codes live ten minutes. In seconds. */
const ATTEMPT_LIFETIME = 600;

/** Where to sign in, and what for. */
export interface SignInOptions {
  /** From the request: an attacker may have written it. */
  returnTo?: string;
  organizationId?: string;
  loginHint?: string;
  screenHint?: 'sign-in' | 'sign-up';
}

/**
 * Begins a sign-in with PKCE. The verifier stays in a cookie of this browser; at the exchange it goes along with the API
 * key, so that neither a stolen code nor a stolen key is enough.
 *
 * @returns The address of the hosted sign-in page.
 */
export async function startSignIn(c: AppContext, options: SignInOptions): Promise<string> {
  const { returnTo, ...rest } = options;
  const { userManagement } = await workosFor(c.env);
  const { url, state, codeVerifier } = await userManagement.getAuthorizationUrlWithPKCE({
    provider: 'authkit',
    redirectUri: redirectUri(c),
    ...rest,
  });
  const attempt: Attempt = { state, codeVerifier, returnTo: returnPath(returnTo) ?? '/me' };
  const prefix = cookieName(c, ATTEMPT);
  const earlier = Object.keys(getCookie(c)).filter((name) => name.startsWith(prefix));
  // The names begin with the time, so the first are the oldest.
  for (const name of earlier.toSorted().slice(0, Math.max(0, earlier.length + 1 - MOST_ATTEMPTS))) {
    deleteCookie(c, name, cookieOptions(c));
  }
  const name = `${prefix}${Date.now().toString(36)}-${state.slice(0, 8)}`;
  await setSignedCookie(c, name, JSON.stringify(attempt), c.env.WORKOS_COOKIE_PASSWORD, {
    ...cookieOptions(c),
    maxAge: ATTEMPT_LIFETIME,
  });
  return url;
}

/**
 * Finishes a sign-in: the state must be of an attempt of this browser, and the code is exchanged for a sealed session.
 *
 * @returns The path to go on to.
 * @throws ApiError 400 `access_denied`, `sign_in_failed`, `unknown_sign_in` or `invalid_grant`.
 */
export async function finishSignIn(c: AppContext): Promise<string> {
  const { code, state, error } = c.req.query();
  const attempt = state ? await takeAttempt(c, state) : undefined;
  // What else is in the query may be anybody's words: it is not shown.
  if (error === 'access_denied') throw new ApiError(400, error, 'The sign-in was cancelled.');
  if (error) throw new ApiError(400, 'sign_in_failed', 'WorkOS could not finish the sign-in.');
  if (!attempt || !code) {
    throw new ApiError(400, 'unknown_sign_in', 'This sign-in did not begin in this browser.');
  }
  const { userManagement } = await workosFor(c.env);
  try {
    const { sealedSession } = await userManagement.authenticateWithCode({
      code,
      codeVerifier: attempt.codeVerifier,
      session: { sealSession: true, cookiePassword: c.env.WORKOS_COOKIE_PASSWORD },
    });
    writeSessionCookie(c, sealedSession!);
  } catch (cause) {
    if (!isWorkosError(cause, 'invalid_grant')) throw cause;
    const message = 'The sign-in took too long, or was finished before.';
    throw new ApiError(400, 'invalid_grant', message, {}, { cause });
  }
  return returnPath(attempt.returnTo) ?? '/';
}

/**
 * Where WorkOS sends the browser back to. Only hosts that are routed to this Worker reach it, and WorkOS takes only what is
 * entered in the dashboard → Redirects.
 */
export function redirectUri(c: AppContext): string {
  return new URL('/callback', c.req.url).href;
}

/** The attempt with that state, which is then used up. */
async function takeAttempt(c: AppContext, state: string): Promise<Attempt | undefined> {
  const prefix = cookieName(c, ATTEMPT);
  const suffix = `-${state.slice(0, 8)}`;
  for (const name of Object.keys(getCookie(c))) {
    if (!name.startsWith(prefix) || !name.endsWith(suffix)) continue;
    const value = await getSignedCookie(c, c.env.WORKOS_COOKIE_PASSWORD, name);
    const attempt = value ? (JSON.parse(value) as Attempt) : undefined;
    if (attempt?.state !== state) continue;
    deleteCookie(c, name, cookieOptions(c));
    return attempt;
  }
  return undefined;
}
