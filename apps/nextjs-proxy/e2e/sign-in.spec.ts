import { expect, test } from 'workos-mock/playwright';

test('nextjs/authkit-proxy: a deep link with its query survives sign-in', async ({
  page,
  person,
}) => {
  await page.goto('/authkit-proxy?tab=claims&q=a%20b&list=1&list=2');
  await expect(page).toHaveURL(/localhost:4110\/authkit\/sign-in/);
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  // Next.js writes %20 as + on the way, which means the same in a query.
  await expect(page).toHaveURL('/authkit-proxy?tab=claims&q=a+b&list=1&list=2');
  await expect(page.getByText('tab=claims&q=a+b&list=1&list=2')).toBeVisible();
  await expect(page.getByText('Signed in as Pat')).toBeVisible();
});

test('nextjs/sign-in-endpoint: from the home page to the account', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: 'Ada Lovelace ada@acme.test' }).click();
  await expect(page).toHaveURL('/account');
  await expect(page.getByRole('main')).toContainText('ada@acme.test');
  await expect(page.getByRole('main')).toContainText('org_acme');
  await expect(page.getByRole('main')).toContainText('posts:read, posts:write, users:manage');
});

test('nextjs/sign-in-endpoint: sign-up opens the form for new people', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await expect(page).toHaveURL(/localhost:4110\/authkit\/sign-up/);
  const email = `new+${Date.now()}@example.test`;
  await page.getByLabel('First name').fill('Nina');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill('a long enough password');
  await page.getByRole('button', { name: 'Sign up' }).click();
  // The mock asks for the code that it would have e-mailed, and shows it.
  await page.getByLabel('Code').fill((await page.locator('strong code').innerText()).trim());
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL('/account');
  await expect(page.getByRole('main')).toContainText(email);
});

test('nextjs/sign-in-endpoint: a known person and organization go straight through', async ({
  page,
  person,
}) => {
  const query = new URLSearchParams({
    loginHint: person.email,
    organizationId: person.organization.id,
    returnTo: '/use-auth',
  });
  await page.goto(`/sign-in?${query}`);
  await expect(page).toHaveURL('/use-auth');
  await expect(page.getByRole('main')).toContainText(person.organization.id);
});

for (const returnTo of [
  'https://evil.example/phish',
  '//evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
]) {
  test(`nextjs/sign-in-endpoint: ${returnTo} does not leave the app`, async ({ page, person }) => {
    const query = new URLSearchParams({ loginHint: person.email, returnTo });
    await page.goto(`/sign-in?${query}`);
    await expect(page).toHaveURL('/account');
  });
}

test('nextjs/sign-in-endpoint: a person of several organizations chooses one', async ({
  page,
  workos,
}) => {
  const [first, second] = [await workos.createOrganization(), await workos.createOrganization()];
  const user = await workos.createUser({
    memberships: [{ organization: first.id }, { organization: second.id, role: 'admin' }],
  });
  await page.goto('/account');
  await page.getByLabel('E-mail address').fill(user.email);
  await page.getByLabel('Password').fill('password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Choose an organization' })).toBeVisible();
  await page.getByRole('button', { name: second.name, exact: true }).click();
  await expect(page).toHaveURL('/account');
  await expect(page.getByRole('main')).toContainText(second.id);
  await expect(page.getByRole('main')).toContainText('admin');
});

test('nextjs/handle-auth: who cancels lands on a page with a next step', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page).toHaveURL('/sign-in-failed?reason=access_denied');
  await expect(page.getByRole('heading', { name: 'You are not signed in' })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/localhost:4110\/authkit\/sign-in/);
});

test('nextjs/handle-auth: a reason that somebody made up shows nothing of it', async ({ page }) => {
  await page.goto('/sign-in-failed?reason=Call+0800-EVIL&reason=twice');
  await expect(page.getByRole('heading', { name: 'Sign-in failed' })).toBeVisible();
  await expect(page.getByText('EVIL')).toBeHidden();
});

test('nextjs/authkit-proxy: an address that does not exist has a page', async ({
  guard,
  page,
  person,
  signInAs,
}) => {
  await signInAs(person);
  guard.allow(/404 \(Not Found\)/);
  const response = await page.goto('/there-is-no-such-page');
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
});

test('ask/person-switch: two people in two browsers see themselves only', async ({
  browser,
  guard,
  page,
  person,
  signInAs,
  workos,
}) => {
  const other = await workos.createUser({ firstName: 'Otto' });
  const theirs = await browser.newContext();
  guard.watch(theirs);
  await signInAs(person);
  await signInAs(other, { context: theirs });
  const theirPage = await theirs.newPage();
  await Promise.all([page.goto('/account'), theirPage.goto('/account')]);
  await expect(page.getByRole('main')).toContainText(person.email);
  await expect(theirPage.getByRole('main')).toContainText(other.email);
  await expect(theirPage.getByRole('main')).not.toContainText(person.email);
  await theirs.close();
});

test('ask/two-tabs-sign-in: two sign-ins begun at once, finished in reverse', async ({
  context,
  person,
}) => {
  const [first, second] = [await context.newPage(), await context.newPage()];
  await first.goto('/authkit-proxy?tab=first');
  await second.goto('/authkit-proxy?tab=second');
  for (const [page, tab] of [
    [second, 'second'],
    [first, 'first'],
  ] as const) {
    await page.getByLabel('E-mail address').fill(person.email);
    await page.getByLabel('Password').fill(person.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(`/authkit-proxy?tab=${tab}`);
  }
});

test('nextjs/pkce-always-on: each unfinished sign-in has its own cookie, spent by its end', async ({
  context,
  page,
  person,
}) => {
  // Next.js drops `Max-Age=0` from the SDK's deletion when the same response sets the session: a spent cookie stays behind,
  // empty, until the browser closes.
  const verifiers = async () =>
    (await context.cookies()).filter(
      ({ name, value }) => name.startsWith('wos-auth-verifier') && value !== '',
    );
  await page.goto('/sign-in');
  await page.goto('/sign-in');
  expect(await verifiers()).toHaveLength(2);
  await page.goto('/pkce-always-on');
  await expect(page.getByRole('listitem').filter({ hasText: 'wos-auth-verifier' })).toHaveCount(2);
  await page.goto(`/sign-in?loginHint=${encodeURIComponent(person.email)}`);
  await expect(page).toHaveURL('/account');
  expect(await verifiers()).toHaveLength(2);
  await page.goto('/pkce-always-on');
  await expect(page.getByRole('listitem').filter({ hasText: 'wos-auth-verifier' })).toHaveCount(2);
  expect((await verifiers()).every((cookie) => cookie.httpOnly && cookie.sameSite === 'Lax')).toBe(
    true,
  );
});
