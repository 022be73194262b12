import { expect, test } from './journeys';

test('react/provider, react/sign-in-endpoint: sign in, reload, sign out [attack/cookie]', async ({
  page,
  context,
  person,
  baseURL,
  workos,
  signOut,
}) => {
  await page.goto('/');
  await expect(page.getByText('You are signed out.')).toBeVisible();
  await page.getByRole('link', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('Hello, Pat.')).toBeVisible();
  await expect(page).toHaveURL(`${baseURL}/`);

  await page.reload();
  await expect(page.getByText('Hello, Pat.')).toBeVisible();

  const isDevMode = new URL(baseURL!).hostname === 'localhost';
  const inStorage = await page.evaluate(() =>
    localStorage.getItem('workos:refresh-token:client_mock'),
  );
  expect(inStorage !== null).toBe(isDevMode);
  const cookies = await context.cookies();
  const refreshCookie = cookies.find(({ name }) => name.startsWith('workos-refresh-'));
  expect(refreshCookie?.httpOnly).toBe(isDevMode ? undefined : true);

  await page.goto('/use-auth');
  await signOut();
  await expect(page).toHaveURL(`${baseURL}/`);
  await page.reload();
  await expect(page.getByText('You are signed out.')).toBeVisible();
  expect(
    (await workos.sessions({ user: person.id })).every(({ status }) => status !== 'active'),
  ).toBe(true);
});

test('react/protected-routes, ask/deep-link: the page that was wanted survives the sign-in with its query', async ({
  page,
  person,
}) => {
  const wanted = '/account?tab=billing&state=open&code=7#invoices';
  await page.goto(wanted);
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText(wanted)).toBeVisible();
  expect(new URL(page.url()).search).toBe('?tab=billing&state=open&code=7');
});
