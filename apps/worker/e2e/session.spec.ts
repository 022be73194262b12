import { expect, test } from 'workos-mock/playwright';

test('node/confidential-pkce: a person signs in on the hosted page, sees who they are, and signs out', async ({
  page,
  person,
  workos,
}) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading')).toHaveText(`Signed in as ${person.email}`);
  await expect(page).toHaveURL('/me');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/');
  await page.goto('/me');
  await expect(page).toHaveURL(/\/authkit\/sign-in/);
  const sessions = await workos.sessions({ user: person.id });
  expect(sessions.map(({ status }) => status)).toEqual(['revoked']);
});

test('ask/idp-initiated: an impersonation starts in the dashboard, at the sign-in endpoint or without one', async ({
  baseURL,
  page,
  person,
  workos,
}) => {
  const impersonation = {
    email: person.email,
    impersonator: { email: 'eve@acme.test', reason: 'Support request 4711' },
  };
  // A code without state could be anybody's: the Worker begins a sign-in of its own.
  const redirectUri = new URL('/callback', baseURL).href;
  await page.goto(await workos.impersonate({ ...impersonation, redirectUri }));
  await expect(page).toHaveURL(/\/authkit\/sign-in/);

  const signInEndpoint = new URL('/login', baseURL).href;
  await page.goto(await workos.impersonate({ ...impersonation, signInEndpoint }));
  await expect(page.getByRole('heading')).toHaveText(`Signed in as ${person.email}`);
});

test('node/confidential-pkce: a cancelled sign-in leads to a page with a way on', async ({
  page,
  guard,
}) => {
  // The browser reports the status of the page.
  guard.allow(/status of 400/);
  await page.goto('/login');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading')).toHaveText('The sign-in was cancelled.');
  await page.getByRole('link', { name: 'Sign in again' }).click();
  await expect(page).toHaveURL(/\/authkit\/sign-in/);
});

test('node/sealed-session: the organization is switched, and stays over a refresh', async ({
  page,
  workos,
  person,
  signInAs,
}) => {
  const other = await workos.createOrganization({ name: `Other of ${person.id}` });
  const { email } = await workos.createUser({
    memberships: [
      { organization: person.organization.id, role: 'member' },
      { organization: other.id, role: 'admin' },
    ],
  });
  await signInAs({ email }, { organization: person.organization.id, tokenAge: { minutes: 6 } });
  await page.goto('/me');
  await expect(page.getByText('posts:write')).toBeHidden();
  await page.getByLabel('Organization').fill(other.id);
  await page.getByRole('button', { name: 'Switch' }).click();
  await expect(page.getByText('posts:write')).toBeVisible();
  await page.reload();
  await expect(page.locator('dd').filter({ hasText: other.id })).toBeVisible();
});

test('ask/refresh-race: five tabs at expiry refresh the session once, and stay signed in [fault/concurrent-refresh]', async ({
  context,
  person,
  signInAs,
  workos,
}) => {
  await signInAs(person, { tokenAge: { minutes: 6 } });
  const tabs = await Promise.all(Array.from({ length: 5 }, () => context.newPage()));
  await Promise.all(tabs.map((tab) => tab.goto('/me')));
  for (const tab of tabs) await expect(tab.getByRole('heading')).toContainText(person.email);
  const refreshes = await workos.requests({ userId: person.id, grantType: 'refresh_token' });
  expect(refreshes).toHaveLength(1);
});

test('node/sealed-session: while WorkOS is down people stay signed in, and reloading is trying again [fault/refresh]', async ({
  page,
  person,
  signInAs,
  workos,
  guard,
}) => {
  guard.allow(/status of 503/);
  await signInAs(person, { tokenAge: { minutes: 6 } });
  // Once is enough: in workerd a cut connection is no TypeError, so the SDK does not try again.
  await workos.dropNext('POST /user_management/authenticate', {}, { user: person.id });
  await page.goto('/me');
  await expect(page.getByRole('heading')).toContainText('You are still signed in');
  await page.reload();
  await expect(page.getByRole('heading')).toHaveText(`Signed in as ${person.email}`);
});

test('node/verify-access-token: a page of another origin calls the API with a token, and reads why it was refused', async ({
  page,
  person,
  workos,
  workosUrl,
  baseURL,
  guard,
}) => {
  guard.allow(/status of 401/);
  const { accessToken } = await workos.signIn({ email: person.email });
  // Any page of another origin will do, and the mock's is there; playwright.config.ts lets the API answer it.
  await page.goto(`${workosUrl}/health`);
  const call = (authorization: string) =>
    page.evaluate(
      async ({ url, authorization }) => {
        const response = await fetch(url, { headers: { authorization } });
        const { status, headers } = response;
        return { status, challenge: headers.get('www-authenticate'), body: await response.json() };
      },
      { url: `${baseURL}/api/me`, authorization },
    );
  expect(await call(`Bearer ${accessToken}`)).toMatchObject({
    status: 200,
    body: { userId: person.id },
  });
  expect(await call('Bearer forged')).toMatchObject({
    status: 401,
    challenge: expect.stringContaining('invalid_token'),
  });
});
