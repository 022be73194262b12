import { Hono } from 'hono';
import { z } from 'zod';
import { sendSecret } from '../emailed-secrets.ts';
import type { User } from '../entities.ts';
import { type AppTypes, type Environment, originOf } from '../environment.ts';
import { apiError, notFound } from '../errors.ts';
import { emitEmailedSecret } from '../event-data.ts';
import { emit } from '../events.ts';
import { readBody } from '../request-body.ts';
import { emailedSecretResponse, userResponse } from '../responses.ts';
import { endSession } from '../sessions.ts';
import { checkPassword } from '../users.ts';

/** Password resets: a token by e-mail, then a new password for it. */
export const passwordReset = new Hono<AppTypes>()
  .post('/user_management/password_reset', async (c) => {
    const body = await readBody(c, z.object({ email: z.string() }));
    const secret = sendSecret(c.env, 'password_reset', userWith(c.env, body.email));
    return c.json(emailedSecretResponse(secret, originOf(c)), 201);
  })
  // What @workos-inc/node 7's sendPasswordResetEmail() calls: the link to its own page goes out by e-mail.
  .post('/user_management/password_reset/send', async (c) => {
    const body = await readBody(c, z.object({ email: z.string(), password_reset_url: z.url() }));
    sendSecret(c.env, 'password_reset', userWith(c.env, body.email));
    return c.json({});
  })
  .post('/user_management/password_reset/confirm', async (c) => {
    const body = await readBody(c, z.object({ token: z.string(), new_password: z.string() }));
    const user = resetPassword(c.env, body.token, body.new_password);
    return c.json({ user: userResponse(user) });
  })
  .get('/user_management/password_reset/:id', (c) => {
    const id = c.req.param('id');
    const secret = c.env.store.emailedSecrets.get(id);
    if (secret?.kind !== 'password_reset') throw notFound('Password reset', id);
    return c.json(emailedSecretResponse(secret, originOf(c)));
  });

/**
 * Takes a reset link: the person has a new password, and whoever knew the old one is out.
 *
 * @throws 404 for an unknown token, 400 for one that was used or is too old, or for a short password.
 */
export function resetPassword(env: Environment, token: string, password: string): User {
  const { store, clock } = env;
  const secret = store.emailedSecrets.find('secret', token);
  if (secret?.kind !== 'password_reset') throw notFound('Password reset token', token);
  if (secret.usedAt || secret.expiresAt <= clock.now()) {
    const problem = secret.usedAt
      ? { code: 'password_reset_token_used', message: 'The token has been used.' }
      : { code: 'password_reset_token_expired', message: 'The token has expired.' };
    throw apiError(400, 'password_reset_error', 'The password could not be reset.', {
      errors: [problem],
    });
  }
  checkPassword(password);
  const user = store.users.get(secret.userId)!;
  store.emailedSecrets.update(secret, { usedAt: clock.iso() });
  // The token came by e-mail, so the address is the person's own; and whoever knew the old password is out.
  store.users.update(user, {
    password: password,
    emailVerified: true,
    updatedAt: clock.iso(),
  });
  emit(env, 'user.updated', userResponse(user));
  emitEmailedSecret(env, 'succeeded', secret);
  for (const session of store.sessions.where('userId', user.id)) endSession(env, session);
  return user;
}

function userWith(env: Environment, email: string): User {
  const user = env.store.users.find('email', email.toLowerCase());
  if (!user) throw notFound('User', email);
  return user;
}
