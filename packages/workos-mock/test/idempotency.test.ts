import { expect, test } from '../src/vitest.ts';
import { send } from './raw.ts';
import { sdk } from './sdk.ts';

const create = (key: string, name: string) => ({
  ask: 'POST /organizations',
  body: { name },
  headers: { 'idempotency-key': key },
});

test('a repeated key gets the first answer, for a day, with another body too', async ({
  workos,
}) => {
  const first = await send(workos, create('one', 'A'));
  expect(await send(workos, create('one', 'A'))).toMatchObject({ status: 201, json: first.json });
  // The document promises the same response to every request with the key, and no error.
  expect(await send(workos, create('one', 'B'))).toMatchObject({ status: 201, json: first.json });
  expect((await send(workos, create('two', 'A'))).json.id).not.toBe(first.json.id);
  await workos.clock.advance({ hours: 24 });
  expect((await send(workos, create('one', 'A'))).json.id).not.toBe(first.json.id);
});

test('requests at once with one key make one organization', async ({ workos }) => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => send(workos, create('one', 'A'))),
  );
  expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
});

test('a key counts at its endpoint alone, and a refusal is an answer as well', async ({
  workos,
}) => {
  const key = { 'idempotency-key': 'one' };
  const refused = await send(workos, { ask: 'POST /organizations', body: {}, headers: key });
  expect(refused.status).toBe(422);
  expect(await send(workos, create('one', 'A'))).toMatchObject({ status: 422 });
  const user = { ask: 'POST /user_management/users', body: { email: 'a@b.test' }, headers: key };
  expect((await send(workos, user)).status).toBe(201);
});

test('the SDK’s own retry after a lost answer makes nothing twice', async ({ workos }) => {
  const { WorkOS } = await import('@workos-inc/node');
  const patient = new WorkOS('sk_test_default', {
    apiHostname: workos.hostname,
    port: workos.port,
    https: false,
    maxRetries: 1,
  });
  await workos.dropNext('POST /organizations', { after: true });
  const { id } = await patient.organizations.createOrganization({ name: 'Once' });
  const { data } = await sdk(workos).organizations.listOrganizations();
  const once = data.filter(({ name }) => name === 'Once');
  expect(once.map((organization) => organization.id)).toEqual([id]);
});

test('a code is spent, whatever key the request repeats', async ({ workos }) => {
  const { refreshToken } = await workos.signIn({ email: 'ada@acme.test' });
  const request = {
    ask: 'POST /user_management/authenticate',
    body: {
      client_id: 'client_mock',
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    },
    headers: { 'idempotency-key': 'one' },
  };
  expect((await send(workos, request)).status).toBe(200);
  await workos.clock.advance({ seconds: 11 });
  expect(await send(workos, request)).toMatchObject({
    status: 400,
    json: { error: 'invalid_grant' },
  });
});
