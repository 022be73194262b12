import { z } from 'zod';
import type { User } from './entities.ts';
import type { Environment } from './environment.ts';
import { apiError } from './errors.ts';
import { emitMembership } from './event-data.ts';
import { emit } from './events.ts';
import { createId } from './ids.ts';
import { apiKeyResponse, userResponse } from './responses.ts';

const MINIMUM_PASSWORD_LENGTH = 8;

/** What a new person is made of; what is left out is empty. */
export interface NewUser {
  email: string;
  password?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  emailVerified?: boolean;
  externalId?: string | null;
  metadata?: Record<string, string>;
}

/**
 * Adds a person.
 *
 * @throws 400 `user_creation_error` for an address that is malformed or taken, `password_strength_error` for a short password.
 */
export function createUser(env: Environment, fields: NewUser): User {
  const { store, clock } = env;
  const email = fields.email.trim();
  if (!isEmail(email)) {
    throw userCreationError('email_invalid', 'This is not an e-mail address.');
  }
  if (store.users.find('email', email.toLowerCase())) {
    throw userCreationError('email_not_available', 'This e-mail address is not available.');
  }
  const { password = null, externalId = null } = fields;
  if (password !== null) checkPassword(password);
  if (externalId && store.users.find('externalId', externalId)) {
    throw userCreationError('external_id_already_used', 'This external_id is used already.');
  }
  const user = store.users.insert({
    id: createId('user', clock.now()),
    email,
    firstName: fields.firstName || null,
    lastName: fields.lastName || null,
    emailVerified: fields.emailVerified ?? false,
    profilePictureUrl: null,
    lastSignInAt: null,
    externalId,
    locale: null,
    metadata: fields.metadata ?? {},
    password,
    canImpersonate: false,
    createdAt: clock.iso(),
    updatedAt: clock.iso(),
  });
  emit(env, 'user.created', userResponse(user));
  return user;
}

/** Takes an e-mail address for the person's own from now on. */
export function markVerified(env: Environment, user: User): void {
  if (user.emailVerified) return;
  env.store.users.update(user, { emailVerified: true, updatedAt: env.clock.iso() });
  emit(env, 'user.updated', userResponse(user));
}

/** Whether it is an e-mail address, by the seed's rule: what was made here can be started from. */
export function isEmail(text: string): boolean {
  return z.email().safeParse(text.trim()).success;
}

/** @throws 400 `password_strength_error` for a password that is too short. */
export function checkPassword(password: string): void {
  if (password.length >= MINIMUM_PASSWORD_LENGTH) return;
  const message = `The password needs at least ${MINIMUM_PASSWORD_LENGTH} characters.`;
  throw apiError(400, 'password_strength_error', 'The password is too weak.', {
    errors: [{ code: 'password_too_short', message }],
  });
}

function userCreationError(code: string, message: string) {
  return apiError(400, 'user_creation_error', 'The user could not be created.', {
    errors: [{ code, message }],
  });
}

/** Removes a person with all that hangs on them. */
export function deleteUser(env: Environment, user: User): void {
  const { store } = env;
  for (const membership of store.memberships.where('userId', user.id)) {
    store.memberships.delete(membership);
    emitMembership(env, 'deleted', membership);
  }
  for (const session of store.sessions.where('userId', user.id)) store.sessions.delete(session);
  for (const key of store.apiKeys.where('userId', user.id)) {
    store.apiKeys.delete(key);
    emit(env, 'api_key.revoked', apiKeyResponse(key));
  }
  for (const secret of store.emailedSecrets.where('userId', user.id)) {
    store.emailedSecrets.delete(secret);
  }
  for (const factor of store.authFactors.where('userId', user.id)) store.authFactors.delete(factor);
  store.users.delete(user);
  emit(env, 'user.deleted', userResponse(user));
}
