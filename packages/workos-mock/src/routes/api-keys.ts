import { Hono } from 'hono';
import { z } from 'zod';
import { type AppContext, type AppTypes } from '../environment.ts';
import { ErrorResponse, invalidRequest, notFound } from '../errors.ts';
import { emit } from '../events.ts';
import { createId, randomString } from '../ids.ts';
import { listPage } from '../pagination.ts';
import { readBody } from '../request-body.ts';
import { apiKeyResponse } from '../responses.ts';
import { activeMembership } from '../sessions.ts';
import { organizationOf } from './organizations.ts';

const newKey = z.object({ name: z.string().min(1), permissions: z.array(z.string()).optional() });

/** API keys that an app's customers use against the app's own API. */
export const apiKeys = new Hono<AppTypes>()
  .post('/api_keys/validations', async (c) => {
    const { store, clock } = c.env;
    const { value } = await readBody(c, z.object({ value: z.string() }));
    const key = store.apiKeys.find('value', value);
    if (!key) return c.json({ api_key: null });
    store.apiKeys.update(key, { lastUsedAt: clock.iso() });
    return c.json({ api_key: apiKeyResponse(key) });
  })
  .delete('/api_keys/:id', (c) => {
    const { store } = c.env;
    const key = store.apiKeys.get(c.req.param('id'));
    if (!key) throw notFound('API key', c.req.param('id'));
    store.apiKeys.delete(key);
    emit(c.env, 'api_key.revoked', apiKeyResponse(key));
    return c.body(null, 204);
  })
  .get('/organizations/:id/api_keys', (c) => {
    const { apiKeys } = c.env.store;
    const keys = apiKeys.where('organizationId', organizationOf(c).id).filter((k) => !k.userId);
    return listPage(c, keys, apiKeys, apiKeyResponse);
  })
  .post('/organizations/:id/api_keys', async (c) => {
    const organization = organizationOf(c);
    return createKey(c, await readBody(c, newKey), organization.id, null);
  })
  .get('/user_management/users/:id/api_keys', (c) => {
    const { apiKeys, users } = c.env.store;
    const id = c.req.param('id');
    if (!users.get(id)) throw notFound('User', id);
    const organizationId = c.req.query('organization_id');
    const keys = apiKeys
      .where('userId', id)
      .filter((key) => !organizationId || key.organizationId === organizationId);
    return listPage(c, keys, apiKeys, apiKeyResponse);
  })
  .post('/user_management/users/:id/api_keys', async (c) => {
    const id = c.req.param('id');
    const body = await readBody(c, newKey.extend({ organization_id: z.string() }));
    if (!c.env.store.users.get(id)) throw notFound('User', id);
    if (!activeMembership(c.env, id, body.organization_id)) {
      throw notFound('Organization membership', body.organization_id);
    }
    return createKey(c, body, body.organization_id, id);
  });

function createKey(
  c: AppContext,
  body: z.output<typeof newKey>,
  organizationId: string,
  userId: string | null,
) {
  const { store, clock } = c.env;
  const unknown = body.permissions?.find((slug) => !store.permissions.find('slug', slug));
  if (unknown) {
    const message = `There is no permission '${unknown}'.`;
    const errors = [{ field: 'permissions', code: 'invalid_permissions', message }];
    // The two endpoints differ in the status.
    throw userId ? new ErrorResponse(400, { message, errors }) : invalidRequest(errors);
  }
  const key = store.apiKeys.insert({
    id: createId('api_key', clock.now()),
    name: body.name,
    value: `sk_${randomString(40)}`,
    organizationId,
    userId,
    permissions: body.permissions ?? [],
    lastUsedAt: null,
    createdAt: clock.iso(),
    updatedAt: clock.iso(),
  });
  emit(c.env, 'api_key.created', apiKeyResponse(key));
  // The only answer that carries the value: afterwards it is obfuscated.
  return c.json({ ...apiKeyResponse(key), value: key.value }, 201);
}
