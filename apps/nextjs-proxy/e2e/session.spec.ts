import { WorkOS } from '@workos-inc/node';
import { expect, test } from 'workos-mock/playwright';

test('nextjs/provider-initial-auth: known at first paint, without a request and without a token', async ({
  page,
  person,
  signInAs,
}) => {
  const { accessToken, refreshToken } = await signInAs(person);
  const posts: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') posts.push(request.url());
  });
  const response = await page.goto('/provider-initial-auth');
  const html = (await response?.text()) ?? '';
  const [, payload = ''] = accessToken.split('.');
  expect(html).toContain(person.email);
  expect(html).not.toContain(payload);
  expect(html).not.toContain(refreshToken);
  await expect(page.getByRole('main')).toContainText(person.email);
  await expect(page.getByText('false', { exact: true })).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(posts).toEqual([]);
  expect(response?.headers()['cache-control']).toContain('no-store');
});

test('nextjs/use-auth: role and permissions follow the organization', async ({
  page,
  signInAs,
  workos,
}) => {
  const [first, second] = [await workos.createOrganization(), await workos.createOrganization()];
  const user = await workos.createUser({
    memberships: [
      { organization: first.id, role: 'member' },
      { organization: second.id, role: 'admin' },
    ],
  });
  await signInAs(user, { organization: first.id });
  await page.goto('/use-auth');
  await expect(page.getByRole('button', { name: first.name, exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  // By keyboard, which is still there when it is done.
  await page.getByRole('button', { name: second.name, exact: true }).press('Enter');
  await expect(page.getByText(`You are working in ${second.name} now.`)).toBeVisible();
  await expect(page.getByRole('button', { name: second.name, exact: true })).toBeFocused();
  await expect(page.getByRole('button', { name: second.name, exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(page.getByText('posts:read, posts:write, users:manage')).toBeVisible();
  // The server knows as well, and remembers it.
  await page.goto('/with-auth');
  await expect(page.getByRole('main')).toContainText(second.id);
});

/** WorkOS as an administrator has it, elsewhere. */
function api(workosUrl: string) {
  const { hostname: apiHostname, port } = new URL(workosUrl);
  return new WorkOS('sk_test_default', { apiHostname, port: Number(port), https: false });
}

test('nextjs/use-auth: an organization that the person left lets nobody in', async ({
  guard,
  page,
  signInAs,
  workos,
  workosUrl,
}) => {
  const [first, second] = [await workos.createOrganization(), await workos.createOrganization()];
  const user = await workos.createUser({
    memberships: [
      { organization: first.id, role: 'member' },
      { organization: second.id, role: 'admin' },
    ],
  });
  await signInAs(user, { organization: first.id });
  await page.goto('/use-auth');
  const left = user.memberships.find((one) => one.organization_id === second.id);
  await api(workosUrl).userManagement.deleteOrganizationMembership(left?.id ?? '');
  guard.allow(/500 \(Internal Server Error\)/);
  await page.getByRole('button', { name: second.name, exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'did not let you in' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Sign in to it' })).toHaveAttribute(
    'href',
    `/sign-in?organizationId=${second.id}`,
  );
  await expect(page.getByRole('main')).toContainText('member');
});

test('nextjs/use-auth: refreshing brings a new role', async ({
  page,
  signInAs,
  workos,
  workosUrl,
}) => {
  const { id } = await workos.createOrganization();
  const user = await workos.createUser({ memberships: [{ organization: id, role: 'member' }] });
  await signInAs(user);
  await page.goto('/use-auth');
  const role = page.getByRole('definition').filter({ hasText: /^(member|admin)$/ });
  await expect(role).toHaveText('member');
  const membership = user.memberships[0]?.id ?? '';
  await api(workosUrl).userManagement.updateOrganizationMembership(membership, {
    roleSlug: 'admin',
  });
  await page.getByRole('button', { name: 'Refresh the session' }).click();
  await expect(role).toHaveText('admin');
  const refreshes = await workos.requests({ userId: user.id, grantType: 'refresh_token' });
  expect(refreshes).toHaveLength(1);
});

test('nextjs/with-auth: server component, server action and route handler agree', async ({
  page,
  person,
  request,
  signInAs,
}) => {
  const notes = `/api/organizations/${person.organization.id}/notes`;
  const anonymous = await request.get(notes);
  expect(anonymous.status()).toBe(401);
  expect(await anonymous.json()).toEqual({ message: 'Sign in first.' });

  await signInAs(person);
  await page.goto('/with-auth');
  await expect(page.getByRole('main')).toContainText(person.email);
  await page.getByLabel('New note').fill('From the form');
  await page.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByText('Pat: From the form')).toBeVisible();
  expect(await (await page.request.get(notes)).json()).toEqual({
    notes: [`The first note of ${person.organization.id}.`, 'Pat: From the form'],
  });
  const foreign = await page.request.get('/api/organizations/org_globex/notes');
  expect(foreign.status()).toBe(403);
  expect(await foreign.json()).toEqual({ message: 'You are not working in this organization.' });
});

test('nextjs/with-auth: a server action checks the organization and the permission itself', async ({
  page,
  signInAs,
  workos,
}) => {
  const organization = await workos.createOrganization();
  const user = await workos.createUser({
    memberships: [{ organization: organization.id, role: 'member' }],
  });
  await signInAs(user);
  await page.goto('/with-auth');
  await page.getByLabel('New note').fill('As a member');
  await page.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByText('Your role does not have the permission posts:write.')).toBeVisible();
  await page.locator('input[name=organizationId]').evaluate((input: HTMLInputElement) => {
    input.value = 'org_globex';
  });
  await page.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByText('You are not working in this organization.')).toBeVisible();
});

test('nextjs/sign-out: the session ends at WorkOS and in the browser', async ({
  context,
  page,
  person,
  signInAs,
  workos,
}) => {
  const { sessionId } = await signInAs(person);
  await page.goto('/account');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/signed-out');
  const sessions = await workos.sessions({ user: person.id });
  expect(sessions.map(({ id, status }) => [id, status])).not.toContainEqual([sessionId, 'active']);
  expect((await context.cookies()).map(({ name }) => name)).not.toContain('wos-session');
  await page.goto('/account');
  await expect(page).toHaveURL(/localhost:4110\/authkit\/sign-in/);
});

test('nextjs/sign-out: from a client component, and to a page of choice', async ({
  page,
  person,
  signInAs,
}) => {
  await signInAs(person);
  await page.goto('/use-auth');
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).last().click();
  await expect(page).toHaveURL('/signed-out');
  await signInAs(person);
  await page.goto('/sign-out');
  await page.getByRole('button', { name: 'Sign out and go to the start' }).click();
  await expect(page).toHaveURL('/');
});

test('nextjs/sign-out: a forged returnTo stays in the app', async ({ page, person, signInAs }) => {
  await signInAs(person);
  await page.goto('/sign-out');
  await page.locator('button[name=returnTo]').evaluate((button: HTMLButtonElement) => {
    button.value = '//evil.example/phish';
  });
  await page.locator('button[name=returnTo]').click();
  await expect(page).toHaveURL('/signed-out');
});

test('nextjs/sign-out: a copied cookie lives as long as its token and no longer', async ({
  browser,
  guard,
  page,
  person,
  signInAs,
  workos,
}) => {
  const thief = await browser.newContext();
  guard.watch(thief);
  const stolen = await thief.newPage();
  // A session that is over, once with a young token and once with one that has run out.
  for (const minutes of [0, 6]) {
    const { sessionId } = await signInAs(person, { tokenAge: { minutes } });
    await thief.addCookies(await page.context().cookies());
    await workos.revokeSession(sessionId);
    await stolen.goto('/account');
    if (minutes === 0) await expect(stolen.getByRole('main')).toContainText(person.email);
  }
  await expect(stolen).toHaveURL(/localhost:4110\/authkit\/sign-in/);
  await thief.close();
});
