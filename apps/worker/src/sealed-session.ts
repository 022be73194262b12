// node/sealed-session, trap/unknown-kid-throws — https://workos.com/docs/authkit/sessions
import type { AuthenticateWithSessionCookieSuccessResponse, WorkOS } from '@workos-inc/node/worker';
import { type createRemoteJWKSet, decodeJwt } from 'jose';
import { ApiError, unavailable } from './api-error';
import type { AppContext } from './env';
import { clearSessionCookie, readSessionCookie, writeSessionCookie } from './session-cookie';
import type { Refresh } from './session-refresh';
import { isWorkosError, workosFor } from './workos';

/** Who is signed in with this browser: what the SDK reads from the sealed cookie. */
export type BrowserSession = AuthenticateWithSessionCookieSuccessResponse;

/** A token that expires within so many seconds is refreshed in advance: what it is passed on to needs some time, too. */
const REFRESH_BUFFER = 30;

/**
 * The session of a request's cookie: its token verified here, refreshed when it has expired, and the new cookie set.
 *
 * @returns Null when nobody is signed in; a cookie that is of no use any more is then gone.
 * @throws ApiError 503 when WorkOS would have to answer and does not. The cookie stays: nobody is signed out by an outage.
 */
export async function currentSession(c: AppContext): Promise<BrowserSession | null> {
  const sealed = readSessionCookie(c);
  if (!sealed) return null;
  const session = await authenticate(c.env, sealed);
  if (session === 'damaged') {
    clearSessionCookie(c);
    return null;
  }
  if (session !== 'expired' && secondsLeft(session) > REFRESH_BUFFER) return session;
  const refresh = await refreshSession(c, sealed);
  if (refresh.status === 'refreshed') return useRefreshed(c, refresh.sealedSession);
  if (session !== 'expired') return session;
  if (refresh.status === 'later') throw tryLater(refresh.retryAfter);
  clearSessionCookie(c);
  return null;
}

/**
 * Goes on in another organization, with the role and the permissions that the person has there.
 *
 * @throws ApiError 403 `organization_membership_not_found`, `sso_required` or `mfa_enrollment` when the organization does
 *   not take this session as it is; 401 when the session is over or damaged; 503 when WorkOS does not answer.
 */
export async function switchOrganization(
  c: AppContext,
  organizationId: string,
): Promise<BrowserSession> {
  const sealed = readSessionCookie(c);
  // What this Worker did not seal starts no object: each of them costs.
  const isWhole = sealed && (await authenticate(c.env, sealed)) !== 'damaged';
  const refresh = isWhole && (await refreshSession(c, sealed, organizationId));
  if (!refresh || refresh.status === 'ended') {
    clearSessionCookie(c);
    throw new ApiError(401, 'unauthenticated', 'Sign in to do this.');
  }
  if (refresh.status === 'refreshed') return useRefreshed(c, refresh.sealedSession);
  if (refresh.status === 'later') throw tryLater(refresh.retryAfter);
  throw new ApiError(403, refresh.reason, 'You cannot enter this organization as you are.');
}

/**
 * Where a browser goes to end the session at WorkOS, and with it the one of the sign-in page.
 *
 * Not by `loadSealedSession().getLogoutUrl()`: that verifies the token again, and throws for one that has expired or whose
 * key is new. `currentSession` has got past both.
 *
 * @param session From `currentSession`.
 */
export async function signOutUrl(
  c: AppContext,
  { sessionId }: BrowserSession,
  returnTo: string,
): Promise<string> {
  const { userManagement } = await workosFor(c.env);
  return userManagement.getLogoutUrl({ sessionId, returnTo });
}

async function authenticate(
  env: Env,
  sessionData: string,
): Promise<BrowserSession | 'expired' | 'damaged'> {
  const { userManagement } = await workosFor(env);
  const session = userManagement.loadSealedSession({
    sessionData,
    cookiePassword: env.WORKOS_COOKIE_PASSWORD,
  });
  const keys = await loadKeys(userManagement);
  try {
    const result = await session.authenticate().catch(async (error: unknown) => {
      // trap/unknown-kid-throws: WorkOS has a new key, and the SDK would not ask for it within five minutes.
      if (!isWorkosError(error, 'ERR_JWKS_NO_MATCHING_KEY')) throw error;
      await keys.reload().catch((cause: unknown) => {
        throw unavailable(cause);
      });
      return session.authenticate();
    });
    if (result.authenticated) return result;
    return result.reason === 'invalid_jwt' ? 'expired' : 'damaged';
  } catch (error) {
    if (error instanceof ApiError) throw error;
    // Still no such key: not a token of today. Everything else that is thrown is a cookie that cannot be unsealed.
    return isWorkosError(error, 'ERR_JWKS_NO_MATCHING_KEY') ? 'expired' : 'damaged';
  }
}

/** Loads the public keys first, so that an outage is not taken for a bad cookie: `authenticate` throws for both. */
async function loadKeys(
  userManagement: WorkOS['userManagement'],
): Promise<ReturnType<typeof createRemoteJWKSet>> {
  const keys = (await userManagement.getJWKS()) as ReturnType<typeof createRemoteJWKSet>;
  if (!keys.fresh) {
    await keys.reload().catch((cause: unknown) => {
      throw unavailable(cause);
    });
  }
  return keys;
}

async function useRefreshed(c: AppContext, sealedSession: string): Promise<BrowserSession> {
  // Before anything can go wrong: the old cookie has had its one refresh.
  writeSessionCookie(c, sealedSession);
  const session = await authenticate(c.env, sealedSession);
  if (typeof session !== 'string') return session;
  const cause = `A fresh session is ${session}: does WORKOS_ISSUERS have the issuer of its token?`;
  throw new ApiError(500, 'internal', 'Something went wrong here.', {}, { cause });
}

async function refreshSession(
  c: AppContext,
  sealedSession: string,
  organizationId?: string,
): Promise<Refresh> {
  // The object is named by the hash: its name is in logs, and the cookie must not be.
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(sealedSession));
  const name = btoa(String.fromCharCode(...new Uint8Array(digest)));
  return c.env.SESSION_REFRESH.getByName(name).refresh(sealedSession, organizationId);
}

function secondsLeft({ accessToken }: BrowserSession): number {
  return (decodeJwt(accessToken).exp ?? 0) - Date.now() / 1000;
}

function tryLater(seconds: number): ApiError {
  const message = 'WorkOS does not answer. You are still signed in: try again in a moment.';
  return new ApiError(503, 'unavailable', message, { 'retry-after': String(seconds) });
}
