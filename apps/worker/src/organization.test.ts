import { env } from 'cloudflare:workers';
import { expect, test } from '../test/workos';
import { workosFor } from './workos';

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

test('node/confidential-client: an API key is no person, a person’s own neither [attack/cross-tenant]', async ({
  worker,
}) => {
  const { userManagement } = await workosFor(env);
  // Grace is in Globex too, which is none of this key's business.
  const own = await userManagement.createUserApiKey('user_grace', {
    name: 'Script',
    organizationId: 'org_acme',
  });
  for (const key of ['sk_acme_production', own.value]) {
    const headers = { authorization: `Bearer ${key}` };
    expect((await worker('/api/me', { headers })).status).toBe(200);
    const response = await worker('/api/organizations', { headers });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: 'person_required' });
  }
});
