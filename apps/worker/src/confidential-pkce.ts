// node/confidential-pkce, trap/seal-on-public-client — https://workos.com/docs/reference/authkit/authentication/get-authorization-url/pkce
import { ApiError } from './api-error';
import type { AppContext } from './env';
import { returnPath } from './return-path';
import { writeSessionCookie } from './session-cookie';
import { keepAttempt, takeAttempt } from './sign-in-attempt';
import { isWorkosError, workosFor } from './workos';

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
    redirectUri: redirectUri(c, '/callback'),
    ...rest,
  });
  await keepAttempt(c, { state, codeVerifier, returnTo: returnPath(returnTo) ?? '/me' });
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
  const attempt = await takeAttempt(c, state);
  refuseFailure(error);
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
  return attempt.returnTo;
}

/**
 * Refuses a callback that says the sign-in failed. What else is in its query may be anybody's words: it is not shown.
 *
 * @param error From the query.
 */
export function refuseFailure(error: string | undefined): void {
  if (error === 'access_denied') throw new ApiError(400, error, 'The sign-in was cancelled.');
  if (error) throw new ApiError(400, 'sign_in_failed', 'WorkOS could not finish the sign-in.');
}

/**
 * Where WorkOS sends the browser back to. Only hosts that are routed to this Worker reach it, and WorkOS takes only what is
 * entered in the dashboard → Redirects.
 */
export function redirectUri(c: AppContext, path: string): string {
  return new URL(path, c.req.url).href;
}
