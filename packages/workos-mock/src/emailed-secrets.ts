import type { EmailedSecret, User } from './entities.ts';
import type { Environment } from './environment.ts';
import { apiError } from './errors.ts';
import { emitEmailedSecret } from './event-data.ts';
import { createId, oneTimeCode, randomString } from './ids.ts';

const MINUTE = 60 * 1000;
/** How long each kind lives, in milliseconds: ten minutes for codes, an hour for a reset link. */
const LIFETIMES = {
  magic_auth: 10 * MINUTE,
  email_verification: 10 * MINUTE,
  password_reset: 60 * MINUTE,
} as const;
/** Wrong guesses after which a code is worth nothing. */
const MAXIMUM_ATTEMPTS = 5;
const MEMORY = 60 * MINUTE;

/** "Sends" a person a code or a reset link: it stays in the mock, where tests and the API read it. */
export function sendSecret(
  env: Environment,
  kind: EmailedSecret['kind'],
  user: User,
): EmailedSecret {
  const { store, clock } = env;
  const now = clock.now();
  store.emailedSecrets.deleteOldest((secret) => secret.expiresAt + MEMORY <= now);
  const sent = store.emailedSecrets.insert({
    id: createId(kind, now),
    kind,
    userId: user.id,
    email: user.email,
    secret: kind === 'password_reset' ? randomString(25) : oneTimeCode(),
    expiresAt: now + LIFETIMES[kind],
    attempts: 0,
    usedAt: null,
    createdAt: clock.iso(),
    updatedAt: clock.iso(),
  });
  emitEmailedSecret(env, 'created', sent);
  return sent;
}

/** The newest secret of a kind that was sent to a person. */
export function latestSecret(
  env: Environment,
  kind: EmailedSecret['kind'],
  userId: string,
): EmailedSecret | undefined {
  return env.store.emailedSecrets.where('userId', userId).findLast((s) => s.kind === kind);
}

/** The error codes for one kind of one-time code: the grant and the e-mail verification name theirs differently. */
export interface CodeErrors {
  incorrect: string;
  used: string;
  expired: string;
  tooMany: string;
}

/**
 * Checks a one-time code against the newest one that was sent, and uses it up.
 *
 * @throws 400 with one of the error codes: wrong, used before, too old, or guessed too often.
 */
export function useCode(
  env: Environment,
  secret: EmailedSecret | undefined,
  code: string,
  errors: CodeErrors,
): void {
  const { clock, store } = env;
  if (!secret) throw apiError(400, errors.incorrect, 'The code is incorrect.');
  if (secret.usedAt) throw apiError(400, errors.used, 'The code has been used before.');
  if (secret.expiresAt <= clock.now()) throw apiError(400, errors.expired, 'The code has expired.');
  if (secret.attempts >= MAXIMUM_ATTEMPTS) {
    throw apiError(400, errors.tooMany, 'Too many wrong codes: ask for a new one.');
  }
  if (secret.secret !== code) {
    store.emailedSecrets.update(secret, { attempts: secret.attempts + 1 });
    throw apiError(400, errors.incorrect, 'The code is incorrect.');
  }
  store.emailedSecrets.update(secret, { usedAt: clock.iso(), updatedAt: clock.iso() });
}
