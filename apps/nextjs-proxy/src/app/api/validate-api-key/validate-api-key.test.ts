import { getWorkOS } from '@workos-inc/authkit-nextjs';
import { expect, test } from 'workos-mock/vitest';
import { inRequest } from '../../../../test/in-request';
import { GET } from './route';

const VALIDATIONS = 'POST /api_keys/validations';

async function call(authorization?: string) {
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
  const { result } = await inRequest('/api/validate-api-key', {}, () => GET(), { headers });
  return result ?? Response.error();
}

/** Makes a key of Acme's; each test has its own, because the app remembers those that it has seen. */
async function createKey(permissions = ['posts:read']) {
  return getWorkOS().apiKeys.createOrganizationApiKey({
    organizationId: 'org_acme',
    name: 'Test',
    permissions,
  });
}

test('nextjs/validate-api-key: a valid key speaks for its organization', async () => {
  const { value } = await createKey();
  const response = await call(`Bearer ${value}`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    organizationId: 'org_acme',
    permissions: ['posts:read'],
  });
});

test('nextjs/validate-api-key: a key without the permission', async () => {
  const { value } = await createKey(['posts:write']);
  expect((await call(`Bearer ${value}`)).status).toBe(403);
});

test.for([
  undefined,
  '',
  'Bearer',
  'Bearer ',
  'Basic c2tfYWNtZQ==',
  'Bearer eyJhbGciOiJSUzI1NiJ9.e30.x',
  'Bearer sk_',
  'sk_acme_production',
  'Bearer sk_a b',
  `Bearer sk_${'x'.repeat(5000)}`,
])('ask/api-keys: %s is refused without a call to WorkOS', async (authorization, { workos }) => {
  const response = await call(authorization);
  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).toBe('Bearer');
  expect(await workos.requests({ endpoint: VALIDATIONS })).toEqual([]);
});

test('nextjs/validate-api-key: an unknown key, with the session of a person beside it, is asked about once', async ({
  workos,
}) => {
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  const headers = { authorization: 'Bearer sk_nobody_has_this' };
  for (let i = 0; i < 2; i++) {
    const { result } = await inRequest('/api/validate-api-key', ada.cookies, () => GET(), {
      headers,
    });
    expect(result?.status).toBe(401);
  }
  expect(await workos.requests({ endpoint: VALIDATIONS })).toHaveLength(1);
});

test('ask/api-keys: a key is asked about once in ten seconds, and so long may a revoked one live', async ({
  workos,
}) => {
  const { id, value } = await createKey();
  for (let i = 0; i < 5; i++) expect((await call(`Bearer ${value}`)).status).toBe(200);
  expect(await workos.requests({ endpoint: VALIDATIONS })).toHaveLength(1);
  await getWorkOS().apiKeys.deleteApiKey(id);
  expect((await call(`Bearer ${value}`)).status).toBe(200);
  await workos.clock.advance({ seconds: 10 });
  expect((await call(`Bearer ${value}`)).status).toBe(401);
});

test('nextjs/validate-api-key: WorkOS is busy [fault/server-api]', async ({ workos }) => {
  const { value } = await createKey();
  const busy = { status: 429, body: {}, headers: { 'retry-after': '0' } };
  await workos.failNext(VALIDATIONS, busy, { times: 4 });
  const response = await call(`Bearer ${value}`);
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('5');
});
