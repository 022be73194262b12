import { env } from 'cloudflare:workers';
import { expect, test } from '../test/workos';
import { workosFor } from './workos';

const VALIDATION = 'POST /api_keys/validations';
const bearer = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });

async function newKey(permissions: string[]) {
  const { apiKeys } = await workosFor(env);
  return apiKeys.createOrganizationApiKey({ organizationId: 'org_acme', name: 'CI', permissions });
}

test('ask/api-keys: a customer’s key calls the API with its own permissions', async ({
  worker,
}) => {
  const { value } = await newKey(['posts:read']);
  const me = await worker('/api/me', bearer(value));
  expect(await me.json()).toEqual({
    userId: null,
    organizationId: 'org_acme',
    role: null,
    permissions: ['posts:read'],
  });
  expect((await worker('/api/posts', bearer(value))).status).toBe(200);
  const write = await worker('/api/posts', {
    ...bearer(value),
    method: 'POST',
    body: '{"title":"x"}',
  });
  expect(write.status).toBe(403);
});

test('ask/api-keys: what cannot be a key costs nothing, what is none costs one call in half a minute', async ({
  worker,
  workos,
}) => {
  for (const key of [
    'sk_',
    'sk_short',
    `sk_${'x'.repeat(200)}`,
    'sk_with-dashes-in-it',
    'pk_0123456789',
  ]) {
    expect((await worker('/api/me', bearer(key))).status).toBe(401);
  }
  expect(await workos.requests({ endpoint: VALIDATION })).toEqual([]);
  for (let i = 0; i < 5; i++) {
    expect((await worker('/api/me', bearer('sk_unknown_0123456789'))).status).toBe(401);
  }
  expect(await workos.requests({ endpoint: VALIDATION })).toHaveLength(1);
});

test('ask/api-keys: a revoked key works for half a minute more, and no longer', async ({
  worker,
  workos,
}) => {
  const { id, value } = await newKey(['posts:read']);
  expect((await worker('/api/me', bearer(value))).status).toBe(200);
  const { apiKeys } = await workosFor(env);
  await apiKeys.deleteApiKey(id);
  expect((await worker('/api/me', bearer(value))).status).toBe(200);
  await workos.clock.advance({ seconds: 31 });
  const refused = await worker('/api/me', bearer(value));
  expect(refused.status).toBe(401);
  expect(refused.headers.get('www-authenticate')).toContain('error="invalid_token"');
});

test('ask/api-keys: while WorkOS does not answer a key is neither good nor bad [fault/server-api]', async ({
  worker,
  workos,
}) => {
  const { value } = await newKey([]);
  await workos.failNext(VALIDATION, { status: 500 }, { times: 2 });
  expect((await worker('/api/me', bearer(value))).status).toBe(503);
  expect((await worker('/api/me', bearer(value))).status).toBe(200);
});
