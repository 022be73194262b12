import type { BrowserContext } from '@playwright/test';
import type { MockControl } from 'workos-mock';
import { expect, test } from './journeys';

/** Six minutes pass for the browser and for WorkOS: an access token lives for five. */
async function sleepPastExpiry(context: BrowserContext, workos: MockControl) {
  await workos.clock.advance({ minutes: 6 });
  await context.clock.fastForward('06:00');
}

const refreshes = {
  endpoint: 'POST /user_management/authenticate',
  grantType: 'refresh_token',
} as const;

/** How often the five tabs run into an expiry: a few times with every change, `ROUNDS=100` to be sure. */
const ROUNDS = Number(process.env.ROUNDS ?? 2);

test('react/token-refresh, ask/refresh-race: five tabs across an expiry, nobody is signed out [load/refresh-race]', async ({
  context,
  page,
  person,
  signIn,
  workos,
}) => {
  test.setTimeout(30_000 + ROUNDS * 5000);
  await context.clock.install();
  await signIn(person, { path: '/token-refresh' });
  const tabs = [page];
  while (tabs.length < 5) tabs.push(await context.newPage());
  for (const tab of tabs.slice(1)) {
    await tab.goto('/token-refresh');
    await tab.getByRole('link', { name: person.email }).waitFor();
  }

  for (let round = 0; round < ROUNDS; round += 1) {
    await workos.clearRequests();
    await sleepPastExpiry(context, workos);
    // One refresh a tab, one after the other: tabs share the refresh token, not the access token.
    await expect.poll(async () => (await workos.requests(refreshes)).length).toBe(5);
    await context.clock.runFor('00:10');
    expect((await workos.requests(refreshes)).map(({ status }) => status)).toEqual(
      Array.from({ length: 5 }, () => 200),
    );
    for (const tab of tabs) {
      await expect(tab.getByRole('link', { name: person.email })).toBeVisible();
    }
  }
});

test('react/token-refresh: five tabs that load at once with an expired token stay signed in [fault/concurrent-refresh]', async ({
  context,
  page,
  person,
  signIn,
  workos,
}) => {
  await signIn(person);
  await workos.clock.advance({ hours: 20 });
  const tabs = [page];
  while (tabs.length < 5) tabs.push(await context.newPage());
  await Promise.all(tabs.map((tab) => tab.goto('/account')));
  for (const tab of tabs) await expect(tab.getByRole('link', { name: person.email })).toBeVisible();
});

test('react/token-refresh: a laptop that slept past the expiry goes on without a sign-in [fault/refresh]', async ({
  context,
  page,
  person,
  signIn,
  workos,
}) => {
  await context.clock.install();
  await signIn(person, { path: '/token-refresh' });

  await workos.clock.advance({ hours: 9 });
  await context.clock.fastForward('09:00:00');

  await page.getByRole('button', { name: 'Renew now' }).click();
  await expect(page.getByText('Renewed.')).toBeVisible();
  await expect(page.getByRole('link', { name: person.email })).toBeVisible();
});

for (const [how, hours] of [
  ['ahead', 3],
  ['behind', -3],
] as const) {
  test(`react/token-refresh: a machine whose clock is three hours ${how} refreshes as often as every other [fault/refresh]`, async ({
    context,
    page,
    person,
    signIn,
    workos,
  }) => {
    await context.clock.install({ time: Date.now() + hours * 3_600_000 });
    await signIn(person);
    await workos.clearRequests();

    await context.clock.runFor('04:00');
    expect(await workos.requests(refreshes)).toHaveLength(0);
    await workos.clock.advance({ minutes: 6 });
    await context.clock.runFor('00:40');

    await expect.poll(async () => (await workos.requests(refreshes)).length).toBe(1);
    await expect(page.getByRole('link', { name: person.email })).toBeVisible();
  });
}

test('ask/sign-out-revokes, react/use-auth: signing out in one tab takes the person off the screen of the other', async ({
  context,
  page,
  person,
  signIn,
  workos,
  signOut,
}) => {
  await signIn(person);
  const other = await context.newPage();
  await other.goto('/account?tab=1');
  await expect(other.getByText(person.email).first()).toBeVisible();

  await page.goto('/use-auth');
  await signOut();

  await expect(other.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
  await expect(other.getByText(person.email)).toHaveCount(0);
  expect(
    (await workos.sessions({ user: person.id })).some(({ status }) => status === 'active'),
  ).toBe(false);

  await other.getByRole('link', { name: 'Sign in again' }).click();
  await other.getByLabel('E-mail address').fill(person.email);
  await other.getByLabel('Password').fill(person.password);
  await other.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(other).toHaveURL(/\/account\?tab=1$/);
});

test('ask/sign-out-revokes: while the page waits to leave for WorkOS the SDK renews once more, and the session ends all the same', async ({
  baseURL,
  guard,
  page,
  person,
  signIn,
  workos,
}) => {
  const leaving = 'GET /user_management/sessions/logout';
  const isDevMode = new URL(baseURL!).hostname === 'localhost';
  if (isDevMode) guard.allow(/400 \(Bad Request\)/);
  await signIn(person, { path: '/use-auth' });
  const before = (await workos.requests(refreshes)).length;
  await workos.delayNext(leaving, { seconds: 4 });
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText('You are signed out.')).toBeVisible();

  // The SDK has thrown its tokens away and its timer goes on: in dev mode it has nothing to renew with, else the cookie.
  const renewed = async () => (await workos.requests(refreshes)).slice(before);
  await expect
    .poll(async () => (await renewed()).map(({ status }) => status))
    .toEqual([isDevMode ? 400 : 200]);
  await page.reload();
  await expect(page.getByText('You are signed out.')).toBeVisible();
  expect(
    (await workos.sessions({ user: person.id })).some(({ status }) => status === 'active'),
  ).toBe(false);
});

test('react/token-refresh, trap/user-after-refresh-failure: a session that was ended elsewhere falls out at its next refresh', async ({
  context,
  page: tab,
  person,
  signIn,
  workos,
  guard,
}) => {
  guard.allow(/400 \(Bad Request\)/);
  await context.clock.install();
  await signIn(person, { path: '/account?tab=2' });
  for (const { id } of await workos.sessions({ user: person.id })) await workos.revokeSession(id);

  await sleepPastExpiry(context, workos);

  await expect(tab.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
  await expect(tab.getByText(person.email)).toHaveCount(0);
  await expect(tab.getByRole('link', { name: 'Sign in again' })).toHaveAttribute(
    'href',
    '/login?returnTo=%2Faccount%3Ftab%3D2',
  );
});

test('ask/person-switch, react/switch-organization: the next person on this device meets nothing of the first', async ({
  context,
  page,
  person,
  signIn,
  workos,
  signOut,
}) => {
  await page.goto('/switch-to-organization');
  await page.getByRole('button', { name: 'Grace Hopper' }).click();
  await page.getByRole('button', { name: 'Globex' }).click();
  await page.getByRole('button', { name: 'Acme' }).click();
  await expect(page.getByText('Switched.')).toBeVisible();

  // Signed out and in again as somebody else, all of it in another tab.
  const other = await context.newPage();
  await other.goto('/use-auth');
  await signOut({ page: other });
  const refusedWhileLeaving = await workos.requests({ status: 400 });
  await signIn(person, { page: other });

  await expect(page.getByText('grace@acme.test')).toHaveCount(0);
  await page.goto('/account');
  await expect(page.getByRole('link', { name: person.email })).toBeVisible();
  expect(await workos.requests({ status: 400 })).toEqual(refusedWhileLeaving);
});
