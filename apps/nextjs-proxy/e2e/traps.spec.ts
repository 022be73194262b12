import { expect, test } from 'workos-mock/playwright';

// The naive forms, in test/traps-app, built and started: what they do on the installed versions. When one of these fails, the
// SDK or Next.js has been mended, and the trap can go.
test.use({ baseURL: 'http://localhost:3019' });

const html = { headers: { accept: 'text/html' }, maxRedirects: 0 };

for (const path of ['/sign-in-url', '/ensure-signed-in']) {
  test(`trap/cookies-in-server-component: ${path} is an error for everybody who is signed out`, async ({
    request,
  }) => {
    expect((await request.get(path, html)).status()).toBe(500);
  });
}

test('trap/cookies-in-server-component: signed in it works, so nobody notices', async ({
  page,
  person,
  signInAs,
}) => {
  await signInAs(person);
  await page.goto('/ensure-signed-in');
  await expect(page.getByText(person.email)).toBeVisible();
});

test('trap/cookies-in-server-component: the safe form sends the person to sign in', async ({
  request,
}) => {
  const response = await request.get('http://localhost:3010/account', html);
  expect(response.status()).toBe(307);
  expect(response.headers().location).toContain('/user_management/authorize');
});

test('trap/link-to-sign-in: a <Link>, even without prefetch, logs a CORS error', async ({
  guard,
  page,
}) => {
  guard.allow(/CORS|Failed to (load resource|fetch)|net::ERR_FAILED/);
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto('/');
  await page.getByRole('link', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/localhost:4110\/authkit\/sign-in/);
  expect(errors.join()).toContain('blocked by CORS policy');
});

test('trap/link-to-sign-in: the safe form logs nothing', async ({ page }) => {
  await page.goto('http://localhost:3010/');
  await page.getByRole('link', { name: 'Sign in', exact: true }).hover();
  await page.getByRole('link', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(/localhost:4110\/authkit\/sign-in/);
});

test('trap/manual-redirect-drops-verifier: in a route handler Next.js 16 keeps the cookie', async ({
  request,
}) => {
  const response = await request.get('/manual-redirect', html);
  expect(response.status()).toBe(307);
  expect(response.headers()['set-cookie']).toContain('wos-auth-verifier');
});

test('trap/ensure-signed-in-loses-path: useAuth({ ensureSignedIn: true }) comes back to the start', async ({
  page,
  person,
}) => {
  await page.goto('/client-ensure-signed-in?tab=1');
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('http://localhost:3019/');
});

test('trap/redirect-in-on-success: 500 and JSON, although a session is set', async ({
  page,
  person,
  guard,
  context,
}) => {
  guard.allow(/500 \(Internal Server Error\)/);
  // Through AuthKit with the redirect URI of the other callback.
  const start = await page.request.get('/sign-in', html);
  const authorize = new URL(start.headers().location ?? '');
  authorize.searchParams.set('redirect_uri', 'http://localhost:3019/callback-redirect');
  authorize.searchParams.set('login_hint', person.email);
  const response = await page.goto(authorize.href);
  expect(response?.status()).toBe(500);
  expect(await response?.text()).toContain('Something went wrong');
  expect((await context.cookies()).map(({ name }) => name)).toContain('wos-session');
});

test('trap/stale-token-after-switch: the token of the old organization stays until it is refreshed', async ({
  page,
  signInAs,
  workos,
}) => {
  const [first, second] = [await workos.createOrganization(), await workos.createOrganization()];
  const user = await workos.createUser({
    memberships: [{ organization: first.id }, { organization: second.id }],
  });
  await signInAs(user, { organization: first.id });
  await page.goto(`/switch?to=${second.id}`);
  await expect(page.getByText(`useTokenClaims: ${first.id}`)).toBeVisible();
  await page.getByRole('button', { name: 'Switch' }).click();
  await expect(page.getByText(`useAuth: ${second.id}`)).toBeVisible();
  await expect(page.getByText(`useTokenClaims: ${first.id}`)).toBeVisible();
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.getByText(`useTokenClaims: ${second.id}`)).toBeVisible();
});

test('ask/matcher-coverage: withAuth() on a page that the matcher leaves out', async ({
  request,
}) => {
  expect((await request.get('/uncovered', html)).status()).toBe(500);
});

test('trap/localhost-or-127: the callback goes from 127.0.0.1 to localhost, and the session stays behind', async ({
  page,
  person,
}) => {
  const redirectUri = 'http://127.0.0.1:3019/callback';
  const authorize = new URL(
    (await page.request.get('http://127.0.0.1:3019/sign-in', html)).headers().location ?? '',
  );
  authorize.searchParams.set('redirect_uri', redirectUri);
  authorize.searchParams.set('login_hint', person.email);
  await page.goto(authorize.href);
  expect(new URL(page.url()).hostname).toBe('localhost');
  const cookies = await page.context().cookies();
  const sessions = cookies.filter(({ name }) => name === 'wos-session');
  expect(sessions.map(({ domain }) => domain)).toEqual(['127.0.0.1']);
});
