import { expect, test } from 'workos-mock/playwright';
import { fillSignIn } from './sign-in';

const AUTHENTICATE = 'POST /user_management/authenticate';

test('trap/api-down-blocks: a refresh that fails in passing is a page with a retry, at the same address [fault/refresh]', async ({
  guard,
  page,
  person,
  signInAs,
  workos,
}) => {
  test.slow();
  guard.allow(/503 \(Service Unavailable\)/);
  await signInAs(person, { tokenAge: { minutes: 6 } });
  await workos.failNext(AUTHENTICATE, { status: 503 }, { times: 4, user: person.id });
  await page.goto('/en/account?tab=1', { timeout: 30_000 });
  await expect(page.getByRole('heading', { name: 'Sign-in is unavailable' })).toBeVisible();
  await expect(page).toHaveURL('/en/account?tab=1');
  await page.getByRole('link', { name: 'Try again' }).click();
  await expect(page.getByRole('main')).toContainText(person.email);
  await expect(page).toHaveURL('/en/account?tab=1');
});

test('trap/api-down-blocks: an action during an outage fails with a page that says so, and nobody is signed out [fault/refresh]', async ({
  guard,
  page,
  person,
  signInAs,
  workos,
}) => {
  test.slow();
  guard.allow(/503 \(Service Unavailable\)|WorkOS does not answer/);
  await signInAs(person);
  await page.goto(`/t/${person.organization.id}`);
  await signInAs(person, { tokenAge: { minutes: 6 } });
  await workos.failNext(AUTHENTICATE, { status: 503 }, { times: 4, user: person.id });
  await page.getByLabel('New note').fill('Unlucky.');
  await page.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByRole('alert').first()).toContainText('still signed in', {
    timeout: 30_000,
  });
  await page.getByRole('link', { name: 'Try again' }).click();
  await page.getByLabel('New note').fill('Lucky.');
  await page.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByRole('listitem')).toHaveText(['Pat: Lucky.']);
});

test('ask/server-actions-expired: an action after the session has ended asks to sign in and comes back [fault/refresh]', async ({
  page,
  person,
  signInAs,
  workos,
}) => {
  const { sessionId } = await signInAs(person, { tokenAge: { seconds: 240 } });
  const address = `/t/${person.organization.id}`;
  await page.goto(address);
  await workos.revokeSession(sessionId);
  // What an expired token looks like to the server, without moving a clock that other journeys share.
  await signInAs(person, { tokenAge: { minutes: 6 } });
  for (const { id } of await workos.sessions({ user: person.id })) await workos.revokeSession(id);
  await page.getByLabel('New note').fill('Too late.');
  await page.getByRole('button', { name: 'Add' }).click();
  await fillSignIn(page, person);
  await expect(page).toHaveURL(address);
  await page.getByLabel('New note').fill('In time.');
  await page.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByRole('listitem')).toHaveText(['Pat: In time.']);
});

test('ask/server-actions-expired: without JavaScript the browser itself goes to sign-in', async ({
  browser,
  baseURL,
  person,
  signInAs,
  workos,
}) => {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  await signInAs(person, { context });
  const page = await context.newPage();
  await page.goto(`/t/${person.organization.id}`);
  await signInAs(person, { context, tokenAge: { minutes: 6 } });
  for (const { id } of await workos.sessions({ user: person.id })) await workos.revokeSession(id);
  await page.getByLabel('New note').fill('Too late.');
  await page.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByLabel('E-mail address')).toBeVisible();
  await context.close();
});
