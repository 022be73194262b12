// node/mfa — https://workos.com/docs/reference/authkit/mfa
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import type { AuthenticationException, WorkOS } from '@workos-inc/node/worker';
import { ApiError } from './api-error';
import type { AppContext } from './env';
import type { BrowserSession } from './sealed-session';
import { sender } from './sender';
import { cookieName, cookieOptions, writeSessionCookie } from './session-cookie';
import { isSignInStep, isWorkosError, workosFor } from './workos';

/** A challenge that this browser was given. A challenge of anybody else's, put into a request, would prove nothing. */
interface Challenge {
  challengeId: string;
  userId: string;
  /** Set while a factor waits for its first code. */
  unfinishedId?: string;
  /** Set while a sign-in waits for it. */
  pendingAuthenticationToken?: string;
}

/** Challenges live ten minutes. In seconds. */
const LIFETIME = 600;
/** The mark of a factor that waits for its first code, in the metadata of its person under the factor's id. */
const UNFINISHED = 'unfinished';

/**
 * Enrolls an authenticator app for the person who is signed in. Ask for its first code at once.
 *
 * WorkOS asks for a factor's codes from the moment it is made, and does not say whether it was ever verified: a page that was
 * reloaded before anybody scanned it would lock its person out. So a factor has a mark in the person's metadata, which only
 * the API key writes, until its first code was right. One with the mark counts for nothing and is deleted; every other one is
 * taken for verified, wherever it was enrolled. The hosted page does not know the mark, and asks for the code.
 *
 * @returns What to show, once: the picture to scan, and the secret to type in instead.
 * @throws ApiError 403 for somebody who impersonates them: it would be an app of theirs. 409 when they have an app. Whoever
 *   stole a session would add a second one and meet every challenge. To let people change their app, have them meet a challenge
 *   of the old one, then delete it.
 */
export async function enrollTotp(c: AppContext, { user, impersonator }: BrowserSession) {
  const refusal = 'Only they themselves may set up an authenticator app.';
  if (impersonator) throw new ApiError(403, 'impersonated', refusal);
  const workos = await workosFor(c.env);
  const { verified, unfinished } = await totpFactors(workos, user.id);
  const message = 'There is an authenticator app already.';
  if (verified) throw new ApiError(409, 'already_enrolled', message);
  await deleteUnfinished(workos, user.id, unfinished);
  const { authenticationFactor, authenticationChallenge } =
    await workos.multiFactorAuth.createUserAuthFactor({
      userId: user.id,
      type: 'totp',
      totpIssuer: 'AuthKit on Workers',
      totpUser: user.email,
    });
  const unfinishedId = authenticationFactor.id;
  try {
    await mark(workos, user.id, { [unfinishedId]: UNFINISHED });
  } catch (error) {
    // Without the mark it would be taken for verified.
    await workos.multiFactorAuth.deleteFactor(unfinishedId);
    throw error;
  }
  const challengeId = authenticationChallenge.id;
  await keepChallenge(c, { challengeId, userId: user.id, unfinishedId });
  const { qrCode, secret, uri } = authenticationFactor.totp;
  return { qrCode, secret, uri };
}

/**
 * Asks the person who is signed in for a code again, e.g. before something that cannot be undone.
 *
 * @throws ApiError 409 when they have no authenticator app.
 */
export async function challengeTotp(c: AppContext, userId: string): Promise<void> {
  const workos = await workosFor(c.env);
  const { verified } = await totpFactors(workos, userId);
  if (!verified) throw new ApiError(409, 'not_enrolled', 'There is no authenticator app yet.');
  const { id } = await workos.multiFactorAuth.challengeFactor({ authenticationFactorId: verified });
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
  const workos = await workosFor(c.env);
  const { valid } = await workos.multiFactorAuth
    .verifyChallenge({ authenticationChallengeId: challenge.challengeId, code })
    .catch((error: unknown) => {
      // Met before, too old, or guessed too often.
      if (isWorkosError(error, 400, 404, 422)) return { valid: false };
      throw error;
    });
  if (!valid) throw invalidCode();
  if (challenge.unfinishedId) await mark(workos, userId, { [challenge.unfinishedId]: null });
  deleteCookie(c, cookieName(c, 'wos-challenge'), cookieOptions(c));
}

/**
 * Goes on with a sign-in that WorkOS stopped for a second factor.
 *
 * @param error What `authenticateWithMagicAuth` or `authenticateWithPassword` threw: `mfa_challenge`.
 * @throws ApiError 403 `sign_in_again` when the only factor was never verified: it is deleted, and the next sign-in goes on
 *   without it.
 */
export async function challengeSignIn(
  c: AppContext,
  { pendingAuthenticationToken, rawData }: AuthenticationException,
): Promise<void> {
  const workos = await workosFor(c.env);
  const userId = rawData.user!.id;
  const { verified, unfinished } = await totpFactors(workos, userId);
  if (!verified) {
    await deleteUnfinished(workos, userId, unfinished);
    const message = 'The authenticator app was never set up to the end. Begin again without it.';
    throw new ApiError(403, 'sign_in_again', message);
  }
  const { id } = await workos.multiFactorAuth.challengeFactor({ authenticationFactorId: verified });
  await keepChallenge(c, { challengeId: id, userId, pendingAuthenticationToken });
}

/**
 * Finishes such a sign-in.
 *
 * @throws ApiError 400 when the code is wrong, or no sign-in waits for one. The SDK's `AuthenticationException` when another
 *   step is missing: see `sign-in-steps.ts`.
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
      ...sender(c),
      session: { sealSession: true, cookiePassword: c.env.WORKOS_COOKIE_PASSWORD },
    });
    writeSessionCookie(c, sealedSession!);
  } catch (error) {
    // Some steps are a 400 too.
    if (!isSignInStep(error)) {
      throw isWorkosError(error, 400, 404, 422) ? invalidCode() : error;
    }
    deleteCookie(c, cookieName(c, 'wos-challenge'), cookieOptions(c));
    throw error;
  }
  deleteCookie(c, cookieName(c, 'wos-challenge'), cookieOptions(c));
}

/** The id of the authenticator app that somebody has, and the ids of those that were begun and never verified. */
async function totpFactors(
  { multiFactorAuth, userManagement }: WorkOS,
  userId: string,
): Promise<{ verified: string | undefined; unfinished: string[] }> {
  const [{ metadata }, { data }] = await Promise.all([
    userManagement.getUser(userId),
    multiFactorAuth.listUserAuthFactors({ userId, limit: 100 }),
  ]);
  const ids = data.filter(({ type }) => type === 'totp').map(({ id }) => id);
  const isUnfinished = (id: string) => metadata[id] === UNFINISHED;
  return {
    verified: ids.find((id) => !isUnfinished(id)),
    unfinished: ids.filter(isUnfinished),
  };
}

async function deleteUnfinished(workos: WorkOS, userId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await Promise.all(
    ids.map((id) =>
      workos.multiFactorAuth.deleteFactor(id).catch((error: unknown) => {
        // Another tab was faster.
        if (!isWorkosError(error, 404)) throw error;
      }),
    ),
  );
  await mark(workos, userId, Object.fromEntries(ids.map((id) => [id, null])));
}

/** Sets or removes marks, and leaves the rest of the metadata alone. */
async function mark(
  { userManagement }: WorkOS,
  userId: string,
  marks: Record<string, typeof UNFINISHED | null>,
): Promise<void> {
  await userManagement.updateUser({ userId, metadata: marks });
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
