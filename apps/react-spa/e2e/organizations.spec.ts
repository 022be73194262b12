import type { Page } from '@playwright/test';
import { expect, test } from './journeys';

const grace = { email: 'grace@acme.test' };

async function signInAsGrace(page: Page, organization: string, path: string) {
  await page.goto(path);
  await page.getByRole('button', { name: 'Grace Hopper' }).click();
  await page.getByRole('button', { name: organization }).click();
  await page.getByRole('link', { name: grace.email }).waitFor();
}

test('react/switch-organization, ask/organization-kept: role and permissions follow the organization, also after a reload', async ({
  page,
}) => {
  await signInAsGrace(page, 'Acme', '/switch-to-organization');
  await expect(page.getByText('member', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Globex' }).click();
  await expect(page.getByText('Switched.')).toBeVisible();
  await expect(page.getByText('admin', { exact: true })).toBeVisible();

  await page.reload();
  await expect(page.getByText('org_globex')).toBeVisible();
  await page.getByRole('link', { name: 'Show what a role allows' }).click();
  await expect(page.getByRole('button', { name: 'POST /api/posts' })).toBeVisible();
  await expect(page.getByText('The beta dashboard is on for you.')).toHaveCount(0);
});

test('react/authorization: a member sees what a member may do', async ({ page }) => {
  await signInAsGrace(page, 'Acme', '/authorization');
  await expect(page.getByText('You may read posts, not write them.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'POST /api/posts' })).toHaveCount(0);
  await expect(page.getByText('The beta dashboard is on for you.')).toBeVisible();
});

test('react/switch-organization: an outage changes nothing and can be tried again', async ({
  page,
  outage,
}) => {
  await signInAsGrace(page, 'Acme', '/switch-to-organization');
  await outage.begin();
  await page.getByRole('button', { name: 'Globex' }).click();
  await expect(page.getByText('nothing has changed')).toBeVisible();
  await expect(page.getByText('org_acme')).toBeVisible();
  await outage.end();
  await page.getByRole('button', { name: 'Globex' }).click();
  await expect(page.getByText('Switched.')).toBeVisible();
});

test('react/switch-organization: a refused switch leads to the hosted page, for that organization', async ({
  page,
  person,
  signIn,
  guard,
  workos,
  baseURL,
}) => {
  guard.allow(/400 \(Bad Request\)/);
  await signIn(person, { path: '/switch-to-organization' });
  await page.getByRole('button', { name: 'Globex' }).click();
  await page.getByLabel('E-mail address').waitFor();
  const authorized = await workos.requests({ endpoint: 'GET /user_management/authorize' });
  expect(authorized.at(-1)?.path).toContain('organization_id=org_globex');

  // The SDK drops what it knows of the session. In dev mode that is all there is; a cookie outlives it.
  await page.goto('/');
  const isDevMode = new URL(baseURL!).hostname === 'localhost';
  await expect(page.getByText(isDevMode ? 'You are signed out.' : 'Hello, Pat.')).toBeVisible();
});

test('react/get-claims: claims of the token that useAuth() does not have', async ({
  page,
  person,
  signIn,
}) => {
  await signIn(person, { path: '/get-claims' });
  await expect(page.getByText('team', { exact: true })).toBeVisible();
  await page.getByText('All claims').click();
  await expect(page.getByText(`"org_id": "${person.organization.id}"`)).toBeVisible();
});

test('react/sign-in-endpoint, ask/idp-initiated: impersonation is announced on every page, and ends', async ({
  page,
}) => {
  await page.goto('/account');
  await page.getByText('Impersonate somebody').click();
  await page.getByLabel('Impersonate', { exact: true }).selectOption({ label: 'Ada Lovelace' });
  await page.getByRole('button', { name: 'Impersonate' }).click();
  await expect(page.getByText('eve@acme.test is impersonating ada@acme.test')).toBeVisible();
  await page.reload();
  await expect(page.getByText('eve@acme.test is impersonating ada@acme.test')).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('You are signed out.')).toBeVisible();
});

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
