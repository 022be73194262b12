import { Hono } from 'hono';
import { z } from 'zod';
import { sendSecret } from '../emailed-secrets.ts';
import { type AppTypes, originOf } from '../environment.ts';
import { notFound, oauthError } from '../errors.ts';
import { findPendingInvitation } from '../invitations.ts';
import { readBody } from '../request-body.ts';
import { emailedSecretResponse } from '../responses.ts';
import { createUser } from '../users.ts';

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
    const user =
      c.env.store.users.find('email', body.email.toLowerCase()) ??
      createUser(c.env, { email: body.email });
    const secret = sendSecret(c.env, 'magic_auth', user);
    return c.json(emailedSecretResponse(secret, originOf(c)), 201);
  })
  .get('/user_management/magic_auth/:id', (c) => {
    const id = c.req.param('id');
    const secret = c.env.store.emailedSecrets.get(id);
    if (secret?.kind !== 'magic_auth') throw notFound('Magic Auth', id);
    return c.json(emailedSecretResponse(secret, originOf(c)));
  });
