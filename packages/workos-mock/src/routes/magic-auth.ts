import { Hono } from 'hono';
import { z } from 'zod';
import { sendSecret } from '../emailed-secrets.ts';
import type { User } from '../entities.ts';
import { type AppTypes, type Environment, originOf } from '../environment.ts';
import { invalidRequest, notFound, oauthError } from '../errors.ts';
import { findPendingInvitation } from '../invitations.ts';
import { readBody } from '../request-body.ts';
import { emailedSecretResponse } from '../responses.ts';
import { createUser, isEmail } from '../users.ts';

/** Magic Auth codes; whoever is not there yet is signed up by asking for one, as in WorkOS. */
export const magicAuth = new Hono<AppTypes>()
  .post('/user_management/magic_auth', async (c) => {
    const body = await readBody(
      c,
      z.object({ email: z.string(), invitation_token: z.string().nullish() }),
    );
    if (body.invitation_token && !findPendingInvitation(c.env, body.invitation_token)) {
      throw oauthError('invitation_invalid', 'The invitation is invalid.');
    }
    const secret = sendSecret(c.env, 'magic_auth', userWith(c.env, body.email));
    return c.json(emailedSecretResponse(secret, originOf(c)), 201);
  })
  // What @workos-inc/node 7's sendMagicAuthCode() calls: the code goes out by e-mail, the answer says nothing of it.
  .post('/user_management/magic_auth/send', async (c) => {
    const body = await readBody(c, z.object({ email: z.string() }));
    sendSecret(c.env, 'magic_auth', userWith(c.env, body.email));
    return c.json({});
  })
  .get('/user_management/magic_auth/:id', (c) => {
    const id = c.req.param('id');
    const secret = c.env.store.emailedSecrets.get(id);
    if (secret?.kind !== 'magic_auth') throw notFound('Magic Auth', id);
    return c.json(emailedSecretResponse(secret, originOf(c)));
  });

/** Whoever has the address; made when there is nobody yet. */
function userWith(env: Environment, email: string): User {
  const user = env.store.users.find('email', email.toLowerCase());
  if (user) return user;
  if (!isEmail(email)) {
    const message = 'email must be an email';
    throw invalidRequest([{ field: 'email', code: 'invalid_email', message }]);
  }
  return createUser(env, { email });
}
