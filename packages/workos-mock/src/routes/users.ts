import { Hono } from 'hono';
import { z } from 'zod';
import { latestSecret, sendSecret, useCode } from '../emailed-secrets.ts';
import type { User } from '../entities.ts';
import { type AppContext, type AppTypes, originOf } from '../environment.ts';
import { apiError, notFound } from '../errors.ts';
import { emit } from '../events.ts';
import { listPage } from '../pagination.ts';
import { mergeMetadata, metadataSchema, readBody } from '../request-body.ts';
import { emailedSecretResponse, userResponse } from '../responses.ts';
import { checkPassword, createUser, deleteUser, isEmail } from '../users.ts';

const userFields = z.object({
  email: z.string(),
  password: z.string().nullish(),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  email_verified: z.boolean().nullish(),
  external_id: z.string().nullish(),
  locale: z.string().nullish(),
  metadata: metadataSchema.nullish(),
});

/** Users, and the e-mail verification that hangs on each. */
export const users = new Hono<AppTypes>()
  .get('/user_management/users', (c) => {
    const { store } = c.env;
    const { email, organization_id: organizationId } = c.req.query();
    let items: readonly User[] = store.users.all();
    if (email) items = store.users.where('email', email.toLowerCase());
    if (organizationId) {
      const memberIds = new Set(
        store.memberships.where('organizationId', organizationId).map((m) => m.userId),
      );
      items = email
        ? items.filter((user) => memberIds.has(user.id))
        : [...memberIds]
            .map((id) => store.users.get(id)!)
            .toSorted((a, b) => store.users.position(a.id)! - store.users.position(b.id)!);
    }
    return listPage(c, items, store.users, userResponse);
  })
  .post('/user_management/users', async (c) => {
    const body = await readBody(c, userFields);
    const user = createUser(c.env, {
      email: body.email,
      password: body.password,
      firstName: body.first_name,
      lastName: body.last_name,
      emailVerified: body.email_verified ?? false,
      externalId: body.external_id,
      metadata: mergeMetadata({}, body.metadata),
    });
    return c.json(userResponse(user), 201);
  })
  .get('/user_management/users/external_id/:externalId', (c) => {
    const externalId = c.req.param('externalId');
    const user = c.env.store.users.find('externalId', externalId);
    if (!user) throw notFound('User', externalId);
    return c.json(userResponse(user));
  })
  .get('/user_management/users/:id', (c) => c.json(userResponse(userOf(c))))
  .put('/user_management/users/:id', async (c) => {
    const { store, clock } = c.env;
    const user = userOf(c);
    const body = await readBody(c, userFields.partial());
    if (body.password) checkPassword(body.password);
    const email = body.email?.trim();
    if (email && !isEmail(email)) {
      throw apiError(400, 'invalid_email', 'This is not an e-mail address.');
    }
    const owner = email ? store.users.find('email', email.toLowerCase()) : undefined;
    if (owner && owner !== user) {
      throw apiError(400, 'email_not_available', 'This e-mail address is not available.');
    }
    const externalOwner = body.external_id && store.users.find('externalId', body.external_id);
    if (externalOwner && externalOwner !== user) {
      throw apiError(400, 'external_id_already_used', 'This external_id is used already.');
    }
    store.users.update(user, {
      ...(email && { email }),
      ...(body.password && { password: body.password }),
      ...(body.first_name !== undefined && { firstName: body.first_name }),
      ...(body.last_name !== undefined && { lastName: body.last_name }),
      ...(typeof body.email_verified === 'boolean' && { emailVerified: body.email_verified }),
      ...(body.external_id !== undefined && { externalId: body.external_id }),
      ...(body.locale !== undefined && { locale: body.locale }),
      ...(body.metadata !== undefined && {
        metadata: mergeMetadata(user.metadata, body.metadata),
      }),
      updatedAt: clock.iso(),
    });
    emit(c.env, 'user.updated', userResponse(user));
    return c.json(userResponse(user));
  })
  .delete('/user_management/users/:id', (c) => {
    deleteUser(c.env, userOf(c));
    return c.body(null, 200);
  })
  .get('/user_management/users/:id/identities', (c) => {
    userOf(c);
    return c.json([]);
  })
  .post('/user_management/users/:id/email_verification/send', (c) => {
    const user = userOf(c);
    if (user.emailVerified) {
      throw apiError(400, 'email_already_verified', 'The e-mail address is verified already.');
    }
    sendSecret(c.env, 'email_verification', user);
    return c.json({ user: userResponse(user) });
  })
  .post('/user_management/users/:id/email_verification/confirm', async (c) => {
    const user = userOf(c);
    const body = await readBody(c, z.object({ code: z.string() }));
    if (user.emailVerified) {
      throw apiError(400, 'email_previously_verified', 'The e-mail address is verified already.');
    }
    useCode(c.env, latestSecret(c.env, 'email_verification', user.id), body.code, {
      incorrect: 'email_verification_code_incorrect',
      used: 'email_verification_code_previously_used',
      expired: 'email_verification_code_expired',
      tooMany: 'email_verification_code_expired',
    });
    c.env.store.users.update(user, { emailVerified: true, updatedAt: c.env.clock.iso() });
    emit(c.env, 'user.updated', userResponse(user));
    return c.json({ user: userResponse(user) });
  })
  .get('/user_management/email_verification/:id', (c) => {
    const id = c.req.param('id');
    const secret = c.env.store.emailedSecrets.get(id);
    if (secret?.kind !== 'email_verification') throw notFound('Email verification', id);
    return c.json(emailedSecretResponse(secret, originOf(c)));
  });

function userOf(c: AppContext): User {
  const id = c.req.param('id')!;
  const user = c.env.store.users.get(id);
  if (!user) throw notFound('User', id);
  return user;
}
