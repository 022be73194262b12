import type { Page } from '@playwright/test';
import { expect, test } from './journeys';

test('react/sign-in-endpoint: hints and invitations are handed on, anything else is not', async ({
  page,
  workos,
}) => {
  await page.goto(
    '/login?login_hint=nobody%40acme.test&organization_id=org_acme&invitation_token=invite_1&redirect_uri=https%3A%2F%2Fevil.example&returnTo=%2F%2Fevil.example',
  );
  // The mock knows nobody of that address: it sends the person back at once.
  await expect(page.getByRole('heading', { name: 'Sign-in cancelled' })).toBeVisible();
  const [request] = await workos.requests({ endpoint: 'GET /user_management/authorize' });
  const sent = new URL(request!.path, 'http://localhost').searchParams;
  expect(Object.fromEntries(sent)).toMatchObject({
    login_hint: 'nobody@acme.test',
    organization_id: 'org_acme',
    invitation_token: 'invite_1',
    state: '{"returnTo":"/"}',
    redirect_uri: new URL('/callback', page.url()).href,
  });
});

test('react/url-helpers: a sign-up link opens the sign-up page', async ({ page }) => {
  await page.goto('/login?screen_hint=sign-up');
  await expect(page.getByRole('heading', { name: 'Create an account' })).toBeVisible();
});

test('react/url-helpers: here, in a new tab and as a copied link', async ({
  page,
  context,
  person,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/url-helpers');
  const signInOn = async (tab: Page) => {
    await tab.getByLabel('E-mail address').fill(person.email);
    await tab.getByLabel('Password').fill(person.password);
    await tab.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(tab).toHaveURL(/\/account\?from=a-link$/);
    await expect(tab.getByRole('link', { name: person.email })).toBeVisible();
  };
  await page.getByRole('button', { name: 'Copy the link' }).click();
  await expect(page.getByText('Copied.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());

  const newTab = page.getByRole('link', { name: 'Sign in in a new tab' });
  const tab = await context.newPage();
  await tab.goto((await newTab.getAttribute('href')) ?? '');
  await tab.getByLabel('E-mail address').waitFor();
  const pasted = await context.newPage();
  await pasted.goto(link);
  await page.getByRole('button', { name: 'Sign in here' }).click();
  for (const one of [pasted, page, tab]) await signInOn(one);
});

test('ask/two-tabs-sign-in: two sign-ins begun side by side both end well, in whichever order', async ({
  context,
  page,
  person,
}) => {
  const other = await context.newPage();
  await page.goto('/account?tab=first');
  await page.getByLabel('E-mail address').waitFor();
  await other.goto('/account?tab=second');
  await other.getByLabel('E-mail address').waitFor();
  for (const tab of [other, page]) {
    await tab.getByLabel('E-mail address').fill(person.email);
    await tab.getByLabel('Password').fill(person.password);
    await tab.getByRole('button', { name: 'Sign in', exact: true }).click();
    await tab.getByRole('link', { name: person.email }).waitFor();
  }
  await expect(page).toHaveURL(/\/account\?tab=first$/);
  await expect(other).toHaveURL(/\/account\?tab=second$/);
});
