import { expect, test } from 'workos-mock/playwright';

/** As a browser's visit, but the redirect is looked at instead of followed. */
const manual = { maxRedirects: 0, headers: { accept: 'text/html' } };

test('nextjs/handle-auth: a callback used twice gives no second session [attack/code-theft]', async ({
  page,
  context,
  person,
}) => {
  const callback = page.waitForRequest(/\/callback\?/);
  await page.goto(`/sign-in?loginHint=${encodeURIComponent(person.email)}`);
  await expect(page).toHaveURL('/account');
  const url = (await callback).url();
  await context.clearCookies({ name: 'wos-session' });
  await page.goto(url);
  await expect(page).toHaveURL('/sign-in-failed?reason=missing_pkce_cookie');
  expect((await context.cookies()).map(({ name }) => name)).not.toContain('wos-session');
});

test('nextjs/handle-auth: a sign-in that another browser began is refused (login CSRF) [attack/login-csrf]', async ({
  baseURL,
  browser,
  page,
  person,
}) => {
  // The attacker signs in, stops before the callback, and gives its address to somebody else.
  const attacker = await browser.newContext({ baseURL });
  const hint = encodeURIComponent(person.email);
  const start = await attacker.request.get(`/sign-in?loginHint=${hint}`, manual);
  const answer = await attacker.request.get(start.headers().location ?? '', manual);
  const url = answer.headers().location ?? '';
  expect(url).toMatch(/\/callback\?code=/);
  await page.goto(url);
  await expect(page).toHaveURL('/sign-in-failed?reason=missing_pkce_cookie');
  await page.goto('/account');
  await expect(page).toHaveURL(/localhost:4110/);
  await attacker.close();
});

test('nextjs/handle-auth: a code put into one’s own sign-in is refused', async ({
  page,
  context,
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
  expect((await context.cookies()).map(({ name }) => name)).not.toContain('wos-session');
  expect(await workos.sessions({ user: person.id })).toEqual([]);
});

test('nextjs/handle-auth: the callback without anything to finish', async ({ page }) => {
  await page.goto('/handle-auth');
  await page.getByRole('link', { name: 'Open the callback by itself' }).click();
  await expect(page).toHaveURL('/sign-in-failed?reason=missing_auth_params');
  await expect(
    page.getByRole('heading', { name: 'This address finishes a sign-in' }),
  ).toBeVisible();
});

test('nextjs/handle-auth: WorkOS is down while the sign-in finishes [fault/callback]', async ({
  page,
  person,
  workos,
}) => {
  test.slow();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await workos.failNext(
    'POST /user_management/authenticate',
    { status: 503 },
    { times: 4, user: person.id, grantType: 'authorization_code' },
  );
  // The SDK asks four times, with pauses of up to eight seconds in all.
  await page.getByRole('button', { name: 'Sign in' }).click({ timeout: 30_000 });
  await expect(page).toHaveURL('/sign-in-failed?reason=workos_unavailable');
  // AuthKit knows the person already.
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/account');
});
