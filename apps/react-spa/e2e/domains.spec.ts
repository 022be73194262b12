import { COOKIE_MODE, DEV_MODE, MOCK, OTHER_SITE, PORT, UNLISTED } from './addresses';
import { expect, test } from './journeys';

test('react/provider: without an authentication domain on the app’s own site, a reload loses the session', async ({
  page,
  person,
  signIn,
  context,
}) => {
  await page.goto(OTHER_SITE);
  await page.getByRole('link', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('Hello, Pat.')).toBeVisible();
  expect((await context.cookies()).filter(({ name }) => name.startsWith('workos-'))).toEqual([]);

  await page.reload();
  await expect(page.getByText('You are signed out.')).toBeVisible();

  // The same build, the same browser, on the site of the authentication API.
  await signIn(person);
  await page.reload();
  await expect(page.getByRole('link', { name: person.email })).toBeVisible();
});

test('react/provider: an origin that the environment does not allow is named, with the place to allow it', async ({
  page,
  person,
  guard,
}) => {
  guard.allow(/CORS|Failed to fetch|ERR_FAILED/);
  await page.goto(`${UNLISTED}/login`);
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText(`${MOCK} does not accept requests from ${UNLISTED}`)).toBeVisible();
  await expect(page.getByText('Cross-Origin Resource Sharing')).toBeVisible();
});

test('trap/localhost-or-127: the app works under both names, each on its own', async ({
  page,
  person,
  signIn,
  context,
}) => {
  const other = `http://127.0.0.1:${PORT}`;
  await page.goto(`${other}/account`);
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(`${other}/account`);
  await expect(page.getByRole('link', { name: person.email })).toBeVisible();

  // Nothing is shared between the two, which is why a redirect URI must not jump from one to the other.
  await page.goto(DEV_MODE);
  await expect(page.getByText('You are signed out.')).toBeVisible();
  expect(await context.cookies(other)).toEqual([]);
  await signIn(person);
});

test('trap/localhost-or-127: a fixed redirect URI signs nobody in who came by the other name', async ({
  page,
  person,
  guard,
}) => {
  guard.allow(/Couldn't exchange code|400 \(Bad Request\)/);
  await page.route(`${MOCK}/user_management/authorize?*`, (route) => {
    const url = new URL(route.request().url());
    url.searchParams.set('redirect_uri', `${DEV_MODE}/callback`);
    url.searchParams.set('login_hint', person.email);
    return route.continue({ url: url.href });
  });
  await page.goto(`http://127.0.0.1:${PORT}/login`);
  await expect(page.getByRole('heading', { name: 'The sign-in did not work' })).toBeVisible();
  expect(new URL(page.url()).origin).toBe(DEV_MODE);
});

test('react/provider: the hint of another app on the same domain does not hide the session of this one', async ({
  page,
  person,
  signIn,
  context,
}) => {
  await signIn(person);
  await context.addCookies([
    { name: 'workos-has-session', value: 'client_other', url: COOKIE_MODE },
  ]);
  await page.reload();
  await expect(page.getByRole('link', { name: person.email })).toBeVisible();
});
