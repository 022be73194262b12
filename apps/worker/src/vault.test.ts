import { expect, test } from '../test/workos';

test('node/vault: a secret is kept, read, changed, listed and deleted', async ({
  worker,
  workos,
}) => {
  const { headers } = await workos.signIn({ email: 'ada@acme.test' });
  const call = (method: string, path: string, body?: object) =>
    worker(`/api/secrets${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const created = await call('POST', '', { name: 'github', value: 'one' });
  expect(created.status).toBe(201);
  expect((await call('POST', '', { name: 'github', value: 'x' })).status).toBe(409);
  expect((await call('POST', '', { name: '../x', value: 'x' })).status).toBe(422);
  const read = await call('GET', '/github');
  expect(await read.json()).toEqual({ name: 'github', value: 'one' });
  expect(read.headers.get('etag')).toBe(created.headers.get('etag'));
  expect(read.headers.get('cache-control')).toBe('private, no-store');
  expect((await call('PUT', '/github', { value: 'two' })).status).toBe(200);
  expect(await (await call('GET', '')).json()).toEqual({ names: ['github'] });
  expect((await call('DELETE', '/github')).status).toBe(204);
  expect((await call('GET', '/github')).status).toBe(404);
});

test('node/vault: who changes what somebody else has changed since overwrites nothing', async ({
  worker,
  workos,
}) => {
  const { headers } = await workos.signIn({ email: 'ada@acme.test' });
  const body = JSON.stringify({ name: 'github', value: 'one' });
  const created = await worker('/api/secrets', { method: 'POST', headers, body });
  const etag = created.headers.get('etag') ?? '';
  const update = (value: string, ifMatch = etag) =>
    worker('/api/secrets/github', {
      method: 'PUT',
      headers: { ...headers, 'if-match': ifMatch },
      body: JSON.stringify({ value }),
    });
  for (const unreadable of [etag.replaceAll('"', ''), '*']) {
    expect((await update('nobody knows', unreadable)).status, unreadable).toBe(400);
  }
  // As Cloudflare sends it where it has compressed the answer.
  expect((await update('first', `W/${etag}`)).status).toBe(200);
  expect((await update('second', `W/${etag}`)).status).toBe(412);
  expect((await update('second')).status).toBe(412);
  const read = await worker('/api/secrets/github', { headers });
  expect(await read.json()).toMatchObject({ value: 'first' });
});

test('node/vault: an answer that is lost after the secret was made makes it once, and the retry says so [fault/server-api]', async ({
  worker,
  workos,
}) => {
  const { headers } = await workos.signIn({ email: 'ada@acme.test' });
  const body = JSON.stringify({ name: 'github', value: 'one' });
  await workos.dropNext('POST /vault/v1/kv', { after: true });
  const created = await worker('/api/secrets', { method: 'POST', headers, body });
  // The SDK asks again with the idempotency key of its first try; without one this would be 409 to who made it.
  expect(created.status).toBe(201);
  const asked = await workos.requests({ endpoint: 'POST /vault/v1/kv' });
  expect(asked.map(({ status }) => status)).toEqual([0, 201]);
  expect(await (await worker('/api/secrets', { headers })).json()).toEqual({ names: ['github'] });
});

test('node/vault: one organization does not reach another one’s secrets, and a member not their own [attack/cross-tenant]', async ({
  worker,
  workos,
}) => {
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  const body = JSON.stringify({ name: 'github', value: 'of Acme' });
  await worker('/api/secrets', { method: 'POST', headers: ada.headers, body });
  const globex = await workos.signIn({ email: 'grace@acme.test', organization: 'Globex' });
  expect(await (await worker('/api/secrets', { headers: globex.headers })).json()).toEqual({
    names: [],
  });
  for (const name of ['github', 'org_acme:github', 'org_acme%3Agithub']) {
    const response = await worker(`/api/secrets/${name}`, { headers: globex.headers });
    expect(response.status, name).toBe(404);
  }
  const member = await workos.signIn({ email: 'grace@acme.test', organization: 'Acme' });
  expect((await worker('/api/secrets/github', { headers: member.headers })).status).toBe(403);
});
