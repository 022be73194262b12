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
