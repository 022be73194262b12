import { expect, test } from 'workos-mock/playwright';

test('ask/server-actions-expired: an action after the session ended leads to sign in and back, without a console error', async ({
  context,
  page,
  person,
  signInAs,
}) => {
  await signInAs(person);
  await page.goto('/with-auth?tab=notes');
  await page.getByLabel('New note').fill('Too late');
  await context.clearCookies();
  await page.getByRole('button', { name: 'Add' }).click();
  await expect(page).toHaveURL(/localhost:4110\/authkit\/sign-in/);
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/with-auth?tab=notes');
});

test('ask/idp-initiated: an impersonation that starts in the dashboard', async ({
  baseURL,
  page,
  person,
  workos,
}) => {
  const impersonation = {
    email: person.email,
    impersonator: { email: 'eve@acme.test', reason: 'Support request 4711' },
  };
  // Nobody entered the sign-in endpoint there: the code comes without state, which could be anybody's.
  const redirectUri = new URL('/callback', baseURL).href;
  await page.goto(await workos.impersonate({ ...impersonation, redirectUri }));
  await expect(page).toHaveURL('/sign-in-failed?reason=missing_auth_params');

  const signInEndpoint = new URL('/sign-in', baseURL).href;
  await page.goto(await workos.impersonate({ ...impersonation, signInEndpoint }));
  await expect(page).toHaveURL('/account');
  await expect(page.getByText('You are impersonating')).toContainText(person.email);
});

test('ask/sign-out-revokes: to lose the cookie is not to sign out, and after signing out AuthKit asks again', async ({
  context,
  page,
  person,
}) => {
  const onSignInPage = /localhost:4110\/authkit\/sign-in/;
  await page.goto('/account');
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/account');

  // What an app does that only deletes its own cookie: whoever comes next is signed in as the same person.
  await context.clearCookies({ name: 'wos-session' });
  await page.goto('/account');
  await expect(page).toHaveURL('/account');
  await expect(page.getByRole('main')).toContainText(person.email);
  // Who wants to come as somebody else is asked.
  await page.goto('/sign-in?another=true');
  await expect(page).toHaveURL(onSignInPage);

  await page.goto('/account');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/signed-out');
  await page.goto('/account');
  await expect(page).toHaveURL(onSignInPage);
});

test('ask/person-switch: another person signs in in the same tab, and nothing of the first is left', async ({
  page,
  person,
  signInAs,
  workos,
}) => {
  const other = await workos.createUser({ firstName: 'Otto' });
  await signInAs(person);
  await page.goto('/account');
  await page.goto('/sign-in?returnTo=/provider-initial-auth');
  await page.getByLabel('E-mail address').fill(other.email);
  await page.getByLabel('Password').fill('password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/provider-initial-auth');
  await expect(page.getByRole('main')).toContainText(other.email);
  await page.goto('/account');
  await expect(page.getByRole('main')).not.toContainText(person.email);
});

test('ask/sign-out-revokes: the other tab falls out at its next refresh', async ({
  context,
  page,
  person,
  signInAs,
  workos,
}) => {
  const { sessionId } = await signInAs(person, { tokenAge: { minutes: 6 } });
  const other = await context.newPage();
  await workos.revokeSession(sessionId);
  await Promise.all([page.goto('/account'), other.goto('/use-auth')]);
  for (const tab of [page, other]) await expect(tab).toHaveURL(/localhost:4110\/authkit\/sign-in/);
});

test('ask/refresh-race: five tabs on an expired session stay signed in with one refresh [fault/concurrent-refresh]', async ({
  context,
  person,
  signInAs,
  workos,
}) => {
  await signInAs(person, { tokenAge: { minutes: 6 } });
  const tabs = await Promise.all(Array.from({ length: 5 }, () => context.newPage()));
  await Promise.all(tabs.map((tab) => tab.goto('/account')));
  for (const tab of tabs) await expect(tab.getByRole('main')).toContainText(person.email);
  const refreshes = await workos.requests({ userId: person.id, grantType: 'refresh_token' });
  expect(refreshes).toHaveLength(1);
});

test('trap/api-down-blocks: the page that says so comes after the retries, keeps the address, and trying again works', async ({
  guard,
  page,
  person,
  signInAs,
  workos,
}) => {
  test.slow();
  guard.allow(/503 \(Service Unavailable\)/);
  await signInAs(person, { tokenAge: { minutes: 6 } });
  const scope = { times: 4, user: person.id, grantType: 'refresh_token' };
  await workos.failNext('POST /user_management/authenticate', { status: 503 }, scope);
  const before = Date.now();
  const response = await page.goto('/account?tab=claims');
  const seconds = (Date.now() - before) / 1000;
  expect(seconds).toBeGreaterThan(2);
  expect(seconds).toBeLessThan(15);
  expect(response?.status()).toBe(503);
  await expect(page.getByRole('heading', { name: 'Sign-in is unavailable' })).toBeVisible();
  await page.getByRole('link', { name: 'Try again' }).click();
  await expect(page).toHaveURL('/account?tab=claims');
  await expect(page.getByRole('main')).toContainText(person.email);
});

test('nextjs/provider-initial-auth: pages of people are in no shared cache, public ones are static [attack/caching]', async ({
  page,
  person,
  request,
  signInAs,
}) => {
  await signInAs(person);
  for (const path of ['/account', '/use-auth', '/provider-initial-auth', '/with-auth']) {
    const { headers, status } = await page.request.get(path).then((response) => ({
      headers: response.headers(),
      status: response.status(),
    }));
    expect(status).toBe(200);
    expect(headers['cache-control']).toMatch(/no-store/);
  }
  for (const path of ['/', '/signed-out', '/handle-auth']) {
    const response = await request.get(path);
    expect(
      response.headers()['x-nextjs-cache'] ?? response.headers()['x-nextjs-prerender'],
    ).toBeTruthy();
    expect(await response.text()).not.toContain(person.email);
  }
});

test('nextjs/with-auth: headers that a client sends make nobody [attack/header-injection]', async ({
  request,
  workos,
  person,
}) => {
  const { cookies } = await workos.signIn({
    email: person.email,
    cookiePassword: 'end-to-end-tests-cookie-password',
  });
  const forged = {
    accept: 'text/html',
    'x-workos-middleware': 'true',
    'x-workos-session': cookies['wos-session'] ?? '',
    'x-url': 'https://evil.example/',
    'x-redirect-uri': 'https://evil.example/callback',
    'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy',
    'next-action': '0'.repeat(42),
  };
  for (const path of ['/account', '/use-auth', '/there-is-no-such-page']) {
    const response = await request.get(path, { headers: forged, maxRedirects: 0 });
    expect(response.status()).toBe(307);
    expect(decodeURIComponent(response.headers().location ?? '')).not.toContain('evil.example');
    expect(Object.keys(response.headers()).filter((name) => name.startsWith('x-workos'))).toEqual(
      [],
    );
  }
  const api = await request.get(`/api/organizations/${person.organization.id}/notes`, {
    headers: forged,
  });
  expect(api.status()).toBe(401);
});
