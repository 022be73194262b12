import { env } from 'cloudflare:workers';
import { expect, test } from '../test/workos';

const json = (body: unknown) => ({ method: 'POST', body: JSON.stringify(body) });

test('react/authorization: the API decides by the permissions in the token', async ({
  worker,
  workos,
}) => {
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  const grace = await workos.signIn({ email: 'grace@acme.test', organization: 'Acme' });
  const refused = await worker('/api/posts', { ...json({ title: 'No' }), headers: grace.headers });
  expect(refused.status).toBe(403);
  expect(refused.headers.get('www-authenticate')).toBe(
    'Bearer realm="worker", error="insufficient_scope", error_description="This takes the permission posts:write", scope="posts:write"',
  );
  expect(await refused.json()).toMatchObject({ error: 'insufficient_scope' });

  const written = await worker('/api/posts', { ...json({ title: 'Hello' }), headers: ada.headers });
  expect(written.status).toBe(201);
  const read = await worker('/api/posts', { headers: grace.headers });
  expect((await read.json<{ posts: object[] }>()).posts[0]).toMatchObject({
    title: 'Hello',
    authorId: 'user_ada',
  });
});

test('node/verify-access-token: one organization does not see another one’s posts [attack/cross-tenant]', async ({
  worker,
  workos,
}) => {
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  await worker('/api/posts', { ...json({ title: 'Acme only' }), headers: ada.headers });
  const globex = await workos.signIn({ email: 'grace@acme.test', organization: 'Globex' });
  const { posts } = await (
    await worker('/api/posts?organizationId=org_acme', { headers: globex.headers })
  ).json<{ posts: { title: string }[] }>();
  expect(posts.map(({ title }) => title)).not.toContain('Acme only');
});

test('node/verify-access-token: whoever is in no organization has no posts', async ({
  worker,
  workos,
}) => {
  const linus = await workos.signIn({ email: 'linus@hey.test' });
  expect((await worker('/api/me', { headers: linus.headers })).status).toBe(200);
  expect((await worker('/api/posts', { headers: linus.headers })).status).toBe(403);
});

test('node/verify-access-token: a post without a title, or that is not JSON, is refused', async ({
  worker,
  workos,
}) => {
  const { headers } = await workos.signIn({ email: 'ada@acme.test' });
  for (const body of [
    '',
    '{',
    '{}',
    '{"title":" "}',
    '{"title":7}',
    'null',
    '[]',
    `{"title":"${'x'.repeat(201)}"}`,
  ]) {
    const response = await worker('/api/posts', { method: 'POST', body, headers });
    expect(response.status, body).toBe(422);
  }
});

test('node/confidential-client: an administrator removes a member of their own organization alone [attack/cross-tenant]', async ({
  worker,
  workos,
}) => {
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  const remove = (id: string, headers = ada.headers) =>
    worker(`/api/users/${id}`, { method: 'DELETE', headers });
  const other = await workos.createUser({ memberships: [{ organization: 'Globex' }] });
  expect((await remove(other.id)).status).toBe(404);
  const { id } = await workos.createUser({ memberships: [{ organization: 'Acme' }] });
  const member = await workos.signIn({ email: 'grace@acme.test', organization: 'Acme' });
  expect((await remove(id, member.headers)).status).toBe(403);
  expect((await remove(id)).status).toBe(204);
  expect((await remove(id)).status).toBe(404);
});

test('react/access-token: a page of a configured origin may call the API, another may not', async ({
  worker,
}) => {
  const preflight = (origin: string) =>
    worker('/api/posts', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
  const allowed = await preflight('http://localhost:5173');
  expect(allowed.status).toBe(204);
  expect(allowed.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
  expect(allowed.headers.get('access-control-allow-headers')).toContain('authorization');
  expect(allowed.headers.get('access-control-allow-credentials')).toBeNull();
  expect(allowed.headers.get('vary')).toMatch(/origin/i);
  for (const origin of ['https://evil.example', 'http://localhost:5173.evil.example', 'null']) {
    expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull();
  }
  // A page must be able to read why it was refused.
  const refused = await worker('/api/me', { headers: { origin: 'http://localhost:5173' } });
  expect(refused.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
  expect(refused.headers.get('access-control-expose-headers')).toContain('www-authenticate');
});

test('node/confidential-client: an answer that WorkOS does not give is 503, with no word about the inside [fault/server-api]', async ({
  worker,
  workos,
}) => {
  const { headers } = await workos.signIn({ email: 'ada@acme.test' });
  const endpoint = 'GET /user_management/organization_memberships';
  const remove = () => worker('/api/users/user_grace', { method: 'DELETE', headers });
  const twice = { times: 2 };
  const faults = {
    'a server error': () => workos.failNext(endpoint, { status: 500 }, twice),
    'too many requests': () =>
      workos.failNext(endpoint, { status: 429, headers: { 'retry-after': '1' } }, twice),
    'an HTML page': () => workos.garbleNext(endpoint, 'html', twice),
    'half an answer': () => workos.garbleNext(endpoint, 'truncated'),
    'a cut connection': () => workos.dropNext(endpoint, {}, twice),
  };
  for (const [what, strike] of Object.entries(faults)) {
    await strike();
    const response = await remove();
    expect(response.status, what).toBe(503);
    expect(response.headers.get('retry-after'), what).toMatch(/^\d+$/);
    const body = await response.text();
    expect(JSON.parse(body), what).toMatchObject({ error: 'unavailable' });
    expect(body).not.toContain(env.WORKOS_API_KEY);
    await workos.clearFaults();
  }
});
