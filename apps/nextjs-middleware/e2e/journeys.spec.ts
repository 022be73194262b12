import { expect, test } from 'workos-mock/playwright';

// The same file is in nextjs-proxy and in nextjs-middleware, to the byte: what a person meets does not change with the
// upgrade.

/** The address of the hosted page, whichever mock this app talks to. */
const hostedPage = /\/authkit\/sign-in\?/;
/** As a browser's visit, but the redirect is looked at instead of followed. */
const manual = { maxRedirects: 0, headers: { accept: 'text/html' } };

test('nextjs/middleware-to-proxy: from the home page to the account', async ({ page, person }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(hostedPage);
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/account');
  await expect(page.getByRole('main')).toContainText(person.email);
  await expect(page.getByRole('main')).toContainText(person.organization.id);
});

test('nextjs/middleware-to-proxy: a deep link with its query survives sign-in', async ({
  page,
  person,
}) => {
  await page.goto('/account?tab=claims&list=1&list=2');
  await expect(page).toHaveURL(hostedPage);
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/account?tab=claims&list=1&list=2');
});

test('nextjs/middleware-to-proxy: an organization is chosen, and another one later', async ({
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
  await page.getByRole('button', { name: second.name, exact: true }).click();
  await expect(page).toHaveURL('/account');
  await expect(page.getByRole('main')).toContainText(second.id);
  await page.getByRole('button', { name: first.name, exact: true }).click();
  await expect(page.getByRole('main')).toContainText(first.id);
});

test('nextjs/middleware-to-proxy: a click that comes before the page’s code is not lost', async ({
  page,
  signInAs,
  workos,
}) => {
  const [first, second] = [await workos.createOrganization(), await workos.createOrganization()];
  const user = await workos.createUser({
    memberships: [{ organization: first.id }, { organization: second.id }],
  });
  await signInAs(user, { organization: second.id });
  const clicked = Promise.withResolvers<void>();
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await clicked.promise;
    await route.continue();
  });
  await page.goto('/account', { waitUntil: 'domcontentloaded' });
  await page.getByRole('button', { name: first.name, exact: true }).click();
  clicked.resolve();
  await expect(page.getByRole('main')).toContainText(first.id);
});

test('nextjs/middleware-to-proxy: who cancels lands on a page with a next step', async ({
  page,
}) => {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page).toHaveURL('/sign-in-failed?reason=access_denied');
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(hostedPage);
});

test('nextjs/middleware-to-proxy: who cancels, and then tries again, comes to the page they wanted', async ({
  page,
  person,
}) => {
  await page.goto('/account?tab=claims&list=1');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'You are not signed in' })).toBeVisible();
  await page.getByRole('link', { name: 'Try again' }).click();
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/account?tab=claims&list=1');
});

test('nextjs/middleware-to-proxy: a link to the failure page cannot say where "try again" leads [attack/open-redirect]', async ({
  page,
}) => {
  await page.goto('/sign-in-failed?reason=access_denied&returnTo=//evil.example/phish');
  const links = page.getByRole('main').getByRole('link');
  const hrefs = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  expect(hrefs).toEqual(['/sign-in', '/']);
});

for (const path of ['/', '/account', '/sign-in-failed', '/there-is-no-such-page', '/icon.svg']) {
  test(`nextjs/middleware-to-proxy: ${path} comes with the headers that browsers protect people by`, async ({
    request,
  }) => {
    const headers = (await request.get(path, manual)).headers();
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe-eval');
    expect(headers['strict-transport-security']).toMatch(/^max-age=\d{8}; includeSubDomains$/);
    expect(headers['referrer-policy']).toBe('strict-origin-when-cross-origin');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
    // A sign-in that nobody has asked for leaves no cookie.
    const leadsToSignIn = headers.location !== undefined;
    expect(headers['set-cookie'] !== undefined, headers['set-cookie']).toBe(leadsToSignIn);
  });
}

test('nextjs/middleware-to-proxy: nothing that a browser gets has a secret in it [attack/leakage]', async ({
  page,
  person,
  signInAs,
}) => {
  const { accessToken, refreshToken } = await signInAs(person);
  const bodies: Promise<string>[] = [];
  page.on('response', (response) => {
    bodies.push(response.text().catch(() => ''));
  });
  for (const path of ['/', '/account', '/sign-in-failed?reason=unknown', '/signed-out']) {
    await page.goto(path, { waitUntil: 'networkidle' });
  }
  const everything = (await Promise.all(bodies)).join('\n');
  expect(everything).toContain(person.email);
  for (const secret of [
    'sk_test_default',
    'end-to-end-tests-cookie-password',
    refreshToken,
    accessToken.split('.')[2] ?? '',
  ]) {
    expect(everything).not.toContain(secret);
  }
});

test('nextjs/middleware-to-proxy: no page shows in a frame of somebody else', async ({
  baseURL,
  guard,
  page,
}) => {
  guard.allow(/frame-ancestors|ERR_BLOCKED_BY_RESPONSE/);
  await page.setContent(`<iframe src="${baseURL}/signed-out"></iframe>`);
  await expect.poll(() => page.frames().at(1)?.url()).toMatch(/^chrome-error:/);
});

test('nextjs/middleware-to-proxy: sign-out ends the session here and at WorkOS', async ({
  context,
  page,
  person,
  signInAs,
  workos,
}) => {
  const { sessionId } = await signInAs(person);
  await page.goto('/account');
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page).toHaveURL('/signed-out');
  const sessions = await workos.sessions({ user: person.id });
  expect(sessions.find(({ id }) => id === sessionId)?.status).toBe('revoked');
  expect((await context.cookies()).filter(({ name }) => name === 'wos-session')).toEqual([]);
  await page.goto('/account');
  await expect(page).toHaveURL(hostedPage);
});

test('nextjs/middleware-to-proxy: an expired session goes on with a new token', async ({
  page,
  person,
  signInAs,
  workos,
}) => {
  await signInAs(person, { tokenAge: { minutes: 6 } });
  await page.goto('/account');
  await expect(page.getByRole('main')).toContainText(person.email);
  const refreshes = await workos.requests({ grantType: 'refresh_token', userId: person.id });
  expect(refreshes).toHaveLength(1);
});

test('nextjs/middleware-to-proxy: two people in two browsers see themselves only [attack/caching]', async ({
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

test('nextjs/middleware-to-proxy: a callback without its cookie, or used twice, is refused [attack/login-csrf]', async ({
  context,
  page,
  person,
}) => {
  const callback = page.waitForRequest(/\/callback\?/);
  await page.goto(`/sign-in?loginHint=${encodeURIComponent(person.email)}`);
  await expect(page).toHaveURL('/account');
  const url = (await callback).url();
  await context.clearCookies({ name: 'wos-session' });
  await page.goto(url);
  await expect(page).toHaveURL('/sign-in-failed?reason=missing_pkce_cookie');
  await page.goto('/callback');
  await expect(page).toHaveURL('/sign-in-failed?reason=missing_auth_params');
  expect((await context.cookies()).map(({ name }) => name)).not.toContain('wos-session');
});

test('nextjs/middleware-to-proxy: a code of another sign-in is refused [attack/code-theft]', async ({
  page,
  person,
  workos,
}) => {
  const mine = new URL((await page.request.get('/sign-in', manual)).headers().location ?? '');
  const theirs = new URL(mine);
  theirs.searchParams.set('login_hint', person.email);
  theirs.searchParams.set('code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  const answer = await page.request.get(theirs.href, manual);
  await page.goto(answer.headers().location ?? '');
  await expect(page).toHaveURL('/sign-in-failed?reason=code_refused');
  expect(await workos.sessions({ user: person.id })).toEqual([]);
});

for (const returnTo of ['https://evil.example/phish', '//evil.example', '/\\evil.example']) {
  test(`nextjs/middleware-to-proxy: ${returnTo} does not leave the app [attack/open-redirect]`, async ({
    page,
    person,
  }) => {
    const query = new URLSearchParams({ loginHint: person.email, returnTo });
    await page.goto(`/sign-in?${query}`);
    await expect(page).toHaveURL('/account');
  });
}
