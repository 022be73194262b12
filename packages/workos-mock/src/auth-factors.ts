import { renderSVG } from 'uqr';
import type { AuthChallenge, AuthFactor } from './entities.ts';
import type { Environment } from './environment.ts';
import { apiError } from './errors.ts';
import { createId, oneTimeCode } from './ids.ts';
import { findTotpStep, totpCode, totpStep } from './totp.ts';

const CHALLENGE_LIFETIME = 10 * 60 * 1000;
/** Wrong codes after which a challenge is worth nothing. */
const MAXIMUM_ATTEMPTS = 10;

/** Adds a factor; one of a user, or of the standalone API. */
export function createFactor(
  env: Environment,
  factor: Pick<AuthFactor, 'userId' | 'type' | 'totp' | 'sms'>,
): AuthFactor {
  const { store, clock } = env;
  return store.authFactors.insert({
    id: createId('auth_factor', clock.now()),
    ...factor,
    lastStep: 0,
    createdAt: clock.iso(),
    updatedAt: clock.iso(),
  });
}

/**
 * What an authenticator app is told at enrollment.
 *
 * @returns The address that such apps understand, and its QR code as an SVG in a `data:` URL.
 */
export function totpPicture({ issuer, user, secret }: NonNullable<AuthFactor['totp']>) {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(user)}`;
  const uri = `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
  return { uri, qr_code: `data:image/svg+xml;base64,${btoa(renderSVG(uri))}` };
}

/**
 * What a person's authenticator app shows: the next code when the present one is used up, which is good already, as
 * clocks differ.
 */
export function shownTotpCode(env: Environment, secret: string, lastStep = 0): Promise<string> {
  return totpCode(secret, Math.max(totpStep(env.clock.now()), lastStep + 1));
}

/** Asks for the code of a factor. */
export function challengeFactor(env: Environment, factor: AuthFactor): AuthChallenge {
  const { store, clock } = env;
  const now = clock.now();
  store.authChallenges.deleteOldest(({ expiresAt }) => expiresAt + CHALLENGE_LIFETIME <= now);
  return store.authChallenges.insert({
    id: createId('auth_challenge', now),
    factorId: factor.id,
    code: factor.type === 'sms' ? oneTimeCode() : null,
    attempts: 0,
    verifiedAt: null,
    expiresAt: now + CHALLENGE_LIFETIME,
    createdAt: clock.iso(),
    updatedAt: clock.iso(),
  });
}

/**
 * Checks the code that a person typed in.
 *
 * @returns Whether it is the right one.
 * @throws 422 when the challenge was met before or is too old, 400 after too many wrong codes.
 */
export async function verifyChallenge(
  env: Environment,
  challenge: AuthChallenge,
  code: string,
): Promise<boolean> {
  const { store, clock } = env;
  if (challenge.verifiedAt) {
    const message = `The authentication challenge '${challenge.id}' has already been verified.`;
    throw apiError(422, 'authentication_challenge_previously_verified', message);
  }
  if (challenge.expiresAt <= clock.now()) {
    const message = `The authentication challenge '${challenge.id}' has expired.`;
    throw apiError(422, 'authentication_challenge_expired', message);
  }
  if (challenge.attempts >= MAXIMUM_ATTEMPTS) {
    throw apiError(400, 'one_time_code_too_many_attempts', 'Too many wrong codes: start again.');
  }
  const factor = store.authFactors.get(challenge.factorId);
  const isRight = factor ? await isCodeOf(env, factor, challenge, code) : false;
  store.authChallenges.update(challenge, {
    attempts: challenge.attempts + 1,
    verifiedAt: isRight ? clock.iso() : null,
    updatedAt: clock.iso(),
  });
  return isRight;
}

async function isCodeOf(
  env: Environment,
  factor: AuthFactor,
  challenge: AuthChallenge,
  code: string,
): Promise<boolean> {
  if (!factor.totp) return challenge.code === code;
  const now = env.clock.now();
  const step = await findTotpStep(factor.totp.secret, code, now, factor.lastStep);
  if (step === null) return false;
  env.store.authFactors.update(factor, { lastStep: step });
  return true;
}
