import { expect, test } from 'workos-mock/playwright';
import { fillSignIn } from './sign-in';

test('nextjs/composable-proxy: from a tenant’s address to sign in and back', async ({
  page,
  person,
}) => {
  await page.goto(`/t/${person.organization.id}?q=1`);
  await fillSignIn(page, person);
  await expect(page).toHaveURL(`/t/${person.organization.id}?q=1`);
  await expect(page.getByRole('main')).toContainText(person.email);
});

test('nextjs/rewrites: another tenant’s page, and the way around, are no pages [attack/cross-tenant]', async ({
  guard,
  page,
  person,
  signInAs,
}) => {
  guard.allow(/404 \(Not Found\)/);
  await signInAs(person);
  for (const path of [
    '/t/org_acme',
    '/tenants/org_acme',
    `/tenants/${person.organization.id}`,
    `/%74enants/${person.organization.id}`,
    `/en/tenants/${person.organization.id}`,
  ]) {
    expect((await page.goto(path))?.status(), path).toBe(404);
  }
});

test('nextjs/rewrites: a server action works at the rewritten address, for the session’s own tenant', async ({
  page,
  person,
  signInAs,
}) => {
  await signInAs(person);
  await page.goto(`/t/${person.organization.id}`);
  await page.getByLabel('New note').fill('Lunch at one.');
  await page.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByRole('listitem')).toHaveText(['Pat: Lunch at one.']);
  await expect(page).toHaveURL(`/t/${person.organization.id}`);
});

test('nextjs/session-refresh-callbacks: an expired session goes on, refreshed once', async ({
  page,
  person,
  signInAs,
  workos,
}) => {
  await signInAs(person, { tokenAge: { minutes: 6 } });
  await page.goto(`/t/${person.organization.id}`);
  await expect(page.getByRole('main')).toContainText(person.email);
  const refreshes = await workos.requests({ grantType: 'refresh_token', userId: person.id });
  expect(refreshes).toHaveLength(1);
});

test('nextjs/dynamic-redirect-uri: a foreign Host does not change where the code goes', async ({
  baseURL,
  request,
}) => {
  const response = await request.get('/account', {
    maxRedirects: 0,
    headers: { host: 'evil.example', accept: 'text/html' },
  });
  const location = new URL(response.headers().location ?? '');
  expect(location.searchParams.get('redirect_uri')).toBe(`${baseURL}/callback`);
});

test('nextjs/dynamic-redirect-uri: on another allowed host a person stays there, from sign-in to sign-out', async ({
  page,
  person,
}) => {
  const staging = 'http://staging.localhost:3011';
  await page.goto(`${staging}/en/account?tab=1`);
  await fillSignIn(page, person);
  await expect(page).toHaveURL(`${staging}/en/account?tab=1`);
  await expect(page.getByRole('main')).toContainText(person.email);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(`${staging}/signed-out`);
});

test('nextjs/composable-proxy: cancel and sign out end on pages of the app', async ({
  page,
  person,
  signInAs,
}) => {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page).toHaveURL('/sign-in-failed?reason=access_denied');
  await signInAs(person);
  await page.goto('/account');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/signed-out');
});
