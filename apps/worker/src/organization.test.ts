import { expect, test } from '../test/workos';

test('node/confidential-client: organizations, memberships and users, with the API key', async ({
  worker,
  workos,
}) => {
  const { headers } = await workos.signIn({ email: 'ada@acme.test' });
  const response = await worker('/api/organization', { headers });
  expect(await response.json()).toMatchObject({
    id: 'org_acme',
    name: 'Acme',
    members: expect.arrayContaining([{ id: 'user_ada', email: 'ada@acme.test', role: 'admin' }]),
  });
  const globex = await workos.signIn({ email: 'grace@acme.test', organization: 'Globex' });
  const other = await worker('/api/organization', { headers: globex.headers });
  expect(await other.json()).toMatchObject({ id: 'org_globex', members: [{ id: 'user_grace' }] });
});

test('node/confidential-client: a person’s own organizations, and nobody else’s', async ({
  worker,
  workos,
}) => {
  const organizationsOf = async (headers: Record<string, string>) =>
    (await worker('/api/organizations', { headers })).json();
  const grace = await workos.signIn({ email: 'grace@acme.test', organization: 'Acme' });
  const own = (await organizationsOf(grace.headers)) as { organizations: { id: string }[] };
  expect(new Set(own.organizations.map(({ id }) => id))).toEqual(
    new Set(['org_acme', 'org_globex']),
  );
  const linus = await workos.signIn({ email: 'linus@hey.test' });
  expect(await organizationsOf(linus.headers)).toEqual({ organizations: [] });
});

test('node/confidential-client: an API key is no person', async ({ worker }) => {
  const headers = { authorization: 'Bearer sk_acme_production' };
  expect((await worker('/api/organizations', { headers })).status).toBe(403);
});
