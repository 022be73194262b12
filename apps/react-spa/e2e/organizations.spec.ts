import type { Page } from '@playwright/test';
import { MOCK } from './addresses';
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

test('react/switch-organization: an outage changes nothing, also after a reload, and can be tried again', async ({
  page,
  outage,
}) => {
  await signInAsGrace(page, 'Acme', '/switch-to-organization');
  await outage.begin();
  await page.getByRole('button', { name: 'Globex' }).click();
  await expect(page.getByText('nothing has changed')).toBeVisible();
  await expect(page.getByText('org_acme')).toBeVisible();
  await outage.end();
  await page.reload();
  await expect(page.getByText('org_acme')).toBeVisible();
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
  baseURL,
  mockUrl,
  page,
  signOut,
  workos,
}) => {
  const start = await workos.impersonate({
    email: 'ada@acme.test',
    impersonator: { email: 'eve@acme.test', reason: 'Support request 4711' },
    signInEndpoint: new URL('/login', baseURL).href,
  });
  // By the name under which the browser knows the mock.
  await page.goto(start.replace(mockUrl, MOCK));
  await expect(page.getByText('eve@acme.test is impersonating ada@acme.test')).toBeVisible();
  await page.reload();
  await expect(page.getByText('eve@acme.test is impersonating ada@acme.test')).toBeVisible();
  await signOut({ button: 'Stop' });
});
