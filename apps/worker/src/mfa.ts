// node/mfa — https://workos.com/docs/reference/authkit/mfa
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import { ApiError } from './api-error';
import type { AppContext } from './env';
import { cookieName, cookieOptions, writeSessionCookie } from './session-cookie';
import { isWorkosError, workosFor } from './workos';

/** A challenge that this browser was given. A challenge of anybody else's, put into a request, would prove nothing. */
interface Challenge {
  challengeId: string;
  userId: string;
  /** Set while a sign-in waits for it. */
  pendingAuthenticationToken?: string;
}

/** Challenges live ten minutes. In seconds. */
const LIFETIME = 600;

/**
 * Enrolls an authenticator app for the person who is signed in. Ask for its first code at once: from now on WorkOS wants
 * one at their sign-ins, and who scanned nothing is locked out. Delete a factor that was not verified.
 *
 * @returns What to show, once: the picture to scan, and the secret to type in instead.
 */
export async function enrollTotp(c: AppContext, user: { id: string; email: string }) {
  const { multiFactorAuth } = await workosFor(c.env);
  const { authenticationFactor, authenticationChallenge } =
    await multiFactorAuth.createUserAuthFactor({
      userId: user.id,
      type: 'totp',
      totpIssuer: 'AuthKit on Workers',
      totpUser: user.email,
    });
  await keepChallenge(c, { challengeId: authenticationChallenge.id, userId: user.id });
  const { qrCode, secret, uri } = authenticationFactor.totp;
  return { qrCode, secret, uri };
}

/**
 * Asks the person who is signed in for a code again, e.g. before something that cannot be undone.
 *
 * @throws ApiError 409 when they have no authenticator app.
 */
export async function challengeTotp(c: AppContext, userId: string): Promise<void> {
  const { multiFactorAuth } = await workosFor(c.env);
  const { data } = await multiFactorAuth.listUserAuthFactors({ userId });
  const factor = data.find(({ type }) => type === 'totp');
  if (!factor) throw new ApiError(409, 'not_enrolled', 'There is no authenticator app yet.');
  const { id } = await multiFactorAuth.challengeFactor({ authenticationFactorId: factor.id });
  await keepChallenge(c, { challengeId: id, userId });
}

/**
 * Checks a code of the person who is signed in.
 *
 * @throws ApiError 400 when it is wrong, or nothing was asked.
 */
export async function verifyTotp(c: AppContext, userId: string, code: string): Promise<void> {
  const challenge = await currentChallenge(c);
  if (challenge?.userId !== userId) throw invalidCode();
  const { multiFactorAuth } = await workosFor(c.env);
  const { valid } = await multiFactorAuth
    .verifyChallenge({ authenticationChallengeId: challenge.challengeId, code })
    .catch((error: unknown) => {
      // Met before, too old, or guessed too often.
      if (isWorkosError(error, 400, 404, 422)) return { valid: false };
      throw error;
    });
  if (!valid) throw invalidCode();
  deleteCookie(c, cookieName(c, 'wos-challenge'), cookieOptions(c));
}

/**
 * Goes on with a sign-in that WorkOS stopped for a second factor.
 *
 * @param error What `authenticateWithMagicAuth` or `authenticateWithPassword` threw.
 * @returns False when it was not about a second factor.
 */
export async function challengeSignIn(c: AppContext, error: unknown): Promise<boolean> {
  if (!isWorkosError(error, 'mfa_challenge')) return false;
  const { pendingAuthenticationToken, rawData } = error as Error & {
    pendingAuthenticationToken: string;
    rawData: { user: { id: string }; authentication_factors: { id: string }[] };
  };
  const { multiFactorAuth } = await workosFor(c.env);
  const { id } = await multiFactorAuth.challengeFactor({
    authenticationFactorId: rawData.authentication_factors[0]!.id,
  });
  const userId = rawData.user.id;
  await keepChallenge(c, { challengeId: id, userId, pendingAuthenticationToken });
  return true;
}

/**
 * Finishes such a sign-in.
 *
 * @throws ApiError 400 when the code is wrong, or no sign-in waits for one.
 */
export async function signInWithTotp(c: AppContext, code: string): Promise<void> {
  const challenge = await currentChallenge(c);
  if (!challenge?.pendingAuthenticationToken) throw invalidCode();
  const { userManagement } = await workosFor(c.env);
  try {
    const { sealedSession } = await userManagement.authenticateWithTotp({
      pendingAuthenticationToken: challenge.pendingAuthenticationToken,
      authenticationChallengeId: challenge.challengeId,
      code,
      session: { sealSession: true, cookiePassword: c.env.WORKOS_COOKIE_PASSWORD },
    });
    writeSessionCookie(c, sealedSession!);
  } catch (error) {
    if (isWorkosError(error, 400, 404, 422)) throw invalidCode();
    throw error;
  }
  deleteCookie(c, cookieName(c, 'wos-challenge'), cookieOptions(c));
}

async function keepChallenge(c: AppContext, challenge: Challenge): Promise<void> {
  const name = cookieName(c, 'wos-challenge');
  await setSignedCookie(c, name, JSON.stringify(challenge), c.env.WORKOS_COOKIE_PASSWORD, {
    ...cookieOptions(c),
    maxAge: LIFETIME,
  });
}

async function currentChallenge(c: AppContext): Promise<Challenge | undefined> {
  const name = cookieName(c, 'wos-challenge');
  const value = await getSignedCookie(c, c.env.WORKOS_COOKIE_PASSWORD, name);
  return value ? (JSON.parse(value) as Challenge) : undefined;
}

function invalidCode(): ApiError {
  return new ApiError(400, 'invalid_code', 'The code is wrong or no longer valid.');
}
