import { expect, test } from 'workos-mock/playwright';
import { SPA, WORKER } from './addresses.ts';

test('react/access-token: the page calls the API as the person, and the API decides', async ({
  page,
  person,
}) => {
  await page.goto(
    `${SPA}/login?returnTo=/access-token&login_hint=${encodeURIComponent(person.email)}`,
  );
  await page.getByRole('button', { name: 'GET /api/me' }).click();
  await expect(page.getByText(person.organization.id)).toBeVisible();
  await page.getByRole('button', { name: 'GET /api/posts' }).click();
  await expect(page.getByText('"posts"')).toBeVisible();
});

test('node/verify-access-token: a member may read and not write, whatever the page shows', async ({
  request,
  workos,
}) => {
  const organization = await workos.createOrganization();
  const { email } = await workos.createUser({
    memberships: [{ organization: organization.id, role: 'member' }],
  });
  const { headers } = await workos.signIn({ email });
  expect((await request.get(`${WORKER}/api/posts`, { headers })).status()).toBe(200);
  const refused = await request.post(`${WORKER}/api/posts`, { headers, data: { title: 'Mine' } });
  expect(refused.status()).toBe(403);
  expect(refused.headers()['www-authenticate']).toContain('insufficient_scope');
});

test('node/verify-access-token: one organization never sees another’s posts', async ({
  request,
  workos,
}) => {
  const signInTo = async () => {
    const organization = await workos.createOrganization();
    const { email } = await workos.createUser({
      memberships: [{ organization: organization.id, role: 'admin' }],
    });
    return workos.signIn({ email });
  };
  const [ours, theirs] = [await signInTo(), await signInTo()];
  const title = `Secret ${Date.now()}`;
  await request.post(`${WORKER}/api/posts`, { headers: ours.headers, data: { title } });
  const read = async (headers: Record<string, string>) =>
    (await request.get(`${WORKER}/api/posts`, { headers })).text();
  expect(await read(ours.headers)).toContain(title);
  expect(await read(theirs.headers)).not.toContain(title);
});
