import type { Page } from '@playwright/test';
import type { Person } from 'workos-mock/playwright';
import { expect, test } from './cli.ts';

const LOGIN = ['login', '--no-browser', '--storage', 'file'];
const ADDRESS = /(http:\/\/127\.0\.0\.1:\d+\/)\s/;

async function signIn(page: Page, person: Person): Promise<void> {
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test('node/pkce-automatic: login in a real browser, and the terminal is signed in', async ({
  page,
  cli,
  person,
  workos,
}) => {
  const { says, ended } = cli.start(LOGIN);
  await page.goto(await says(ADDRESS));
  await signIn(page, person);
  await expect(page.getByRole('heading', { name: 'You are signed in' })).toBeVisible();
  await expect(page.getByText('go back to your terminal')).toBeVisible();
  expect(await ended).toMatchObject({ code: 0 });

  const whoami = await cli.run(['whoami', '--json']);
  expect(JSON.parse(whoami.stdout)).toMatchObject({
    user: { id: person.id, email: person.email },
    organizationId: person.organization.id,
  });
  expect(await cli.run(['logout'])).toMatchObject({ code: 0 });
  expect(await workos.sessions({ user: person.id })).toMatchObject([{ status: 'revoked' }]);
});

test('node/pkce-automatic: a person with several organizations chooses in the browser', async ({
  page,
  cli,
}) => {
  const { says, ended } = cli.start(LOGIN);
  await page.goto(await says(ADDRESS));
  await page.getByRole('button', { name: /Grace Hopper/ }).click();
  await page.getByRole('button', { name: 'Globex' }).click();
  await expect(page.getByRole('heading', { name: 'You are signed in' })).toBeVisible();
  expect(await ended).toMatchObject({
    code: 0,
    stdout: 'Signed in as grace@acme.test in org_globex as admin.\n',
  });
});

test('node/pkce-automatic: cancelled in the browser, told in both places', async ({
  page,
  cli,
}) => {
  const { says, ended } = cli.start(LOGIN);
  await page.goto(await says(ADDRESS));
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'You are not signed in' })).toBeVisible();
  const { code, stderr } = await ended;
  expect(code).toBe(5);
  expect(stderr).toContain('The sign-in was cancelled.');
});

test('node/pkce-automatic: web pages cannot answer, start or spoil a sign-in [attack/loopback]', async ({
  page,
  cli,
  person,
  guard,
  workosUrl,
}) => {
  guard.allow(/Failed to load resource|CORS|net::ERR/);
  const { says, ended } = cli.start(LOGIN);
  const address = await says(ADDRESS);
  // A page of another origin, with all that a page can do without the state.
  await page.goto(`${workosUrl}/health`);
  await page.evaluate(async (base) => {
    await Promise.allSettled([
      fetch(base, { mode: 'no-cors' }),
      fetch(`${base}callback?code=evil&state=evil`, { mode: 'no-cors' }),
      fetch(`${base}callback?code=evil`, { mode: 'no-cors' }),
      fetch(`${base}callback?code=evil&state=evil`, { mode: 'no-cors', method: 'POST' }),
    ]);
  }, address);

  await page.goto(address);
  await signIn(page, person);
  await expect(page.getByRole('heading', { name: 'You are signed in' })).toBeVisible();
  expect(await ended).toMatchObject({ code: 0 });
});

test('node/pkce-automatic: somebody who opens the address first is noticed [attack/loopback]', async ({
  page,
  cli,
  guard,
}) => {
  guard.allow(/410/);
  const { says } = cli.start(LOGIN);
  const address = await says(ADDRESS);
  await fetch(address, { redirect: 'manual' });
  await page.goto(address);
  await expect(page.getByText('somebody else on this computer did')).toBeVisible();
});
