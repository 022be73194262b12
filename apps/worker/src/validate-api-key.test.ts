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
    via: 'key',
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

test('ask/api-keys: a flood of made-up keys costs a few calls in a second, and a key that was good goes on', async ({
  worker,
  workos,
}) => {
  const { value } = await newKey(['posts:read']);
  expect((await worker('/api/me', bearer(value))).status).toBe(200);
  // The clock stands from here on, and what is known of the key is too old.
  await workos.clock.advance({ seconds: 31 });
  await workos.clearRequests();
  const flood = await Promise.all(
    Array.from({ length: 50 }, (_, i) => worker('/api/me', bearer(`sk_made_up_0123456789_${i}`))),
  );
  expect(flood.filter(({ status }) => status === 401)).toHaveLength(20);
  expect(await workos.requests({ endpoint: VALIDATION })).toHaveLength(20);
  const refused = flood.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(30);
  expect(refused[0]?.headers.get('retry-after')).toBe('1');
  expect(await refused[0]?.json()).toMatchObject({ error: 'too_many_requests' });
  expect((await worker('/api/me', bearer(value))).status).toBe(200);
  await workos.clock.advance({ seconds: 1 });
  expect((await worker('/api/me', bearer('sk_made_up_a_second_later'))).status).toBe(401);
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
