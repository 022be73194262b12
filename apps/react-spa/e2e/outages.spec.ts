import type { Locator, Page } from '@playwright/test';
import { MOCK } from './addresses';
import { type ExchangeFault, expect, garbled, refused, test } from './journeys';

const AUTHENTICATE = 'POST /user_management/authenticate';

const cut =
  (how: { after: boolean }, times: number): ExchangeFault =>
  (workos, _origin, scope) =>
    workos.dropNext(AUTHENTICATE, how, { ...scope, times });

const slow: ExchangeFault = (workos, _origin, scope) =>
  workos.delayNext(AUTHENTICATE, { seconds: 2 }, scope);

test('react/protected-routes: a reload while the API is down keeps the session for when it is back [fault/refresh]', async ({
  page,
  person,
  signIn,
  outage,
}) => {
  await signIn(person, { path: '/account?tab=4' });
  await outage.begin();
  await page.reload();
  await expect(page.getByText('Your session cannot be renewed just now')).toContainText(MOCK);
  await outage.end();
  await expect(page.getByText('/account?tab=4')).toBeVisible();
  await expect(page.getByRole('link', { name: person.email })).toBeVisible();
});

test('react/token-refresh: an outage across an expiry shows nothing, and the token is renewed after it [fault/refresh]', async ({
  page,
  person,
  signIn,
  outage,
  workos,
}) => {
  await page.clock.install();
  await signIn(person, { path: '/token-refresh' });
  await outage.begin();
  await workos.clock.advance({ minutes: 6 });
  await page.clock.fastForward('06:00');
  await page.getByRole('button', { name: 'Renew now' }).click();
  await expect(
    page.getByText('Not possible just now; your session is kept. Try again.'),
  ).toBeVisible();
  await expect(page.getByRole('link', { name: person.email })).toBeVisible();
  await outage.end();
  await page.getByRole('button', { name: 'Renew now' }).click();
  await expect(page.getByText('Renewed.')).toBeVisible();
});

for (const [what, begin] of [
  ['500', refused(500, { message: 'no' })],
  ['429 with Retry-After', refused(429, { message: 'slow down' }, { 'retry-after': '1' })],
  ['an HTML 502', refused(502, '<h1>Bad gateway</h1>')],
  ['a truncated answer', garbled('truncated')],
  ['an empty answer', garbled('empty')],
  ['HTML for an answer', garbled('html')],
  // Three times: more often than a browser tries again by itself.
  ['a connection cut before the exchange', cut({ after: false }, 3)],
  ['a connection cut after the exchange', cut({ after: true }, 3)],
  ['an answer that takes its time', slow],
] as const) {
  test(`react/token-refresh, trap/html-5xx-signs-out: ${what} at a refresh keeps the session, at a load and on demand [fault/refresh]`, async ({
    page,
    person,
    signIn,
    workos,
    guard,
    baseURL,
  }) => {
    guard.allow(/Failed to load resource|CORS/);
    const scope = { user: person.id, grantType: 'refresh_token' };
    await signIn(person, { path: '/token-refresh' });
    await begin(workos, baseURL!, scope);
    await page.reload();
    await expect(page.getByRole('link', { name: person.email })).toBeVisible();
    await workos.clearFaults();

    await begin(workos, baseURL!, scope);
    await page.getByRole('button', { name: 'Renew now' }).click();
    await expect(page.getByText(/Renewed\.|your session is kept/)).toBeVisible();
    await workos.clearFaults();
    await page.getByRole('button', { name: 'Renew now' }).click();
    await expect(page.getByText('Renewed.')).toBeVisible();
    await expect(page.getByRole('link', { name: person.email })).toBeVisible();
  });
}

test('react/protected-routes, trap/refresh-without-limit: an API that stays silent holds up no tab for longer than its time, and each goes on by itself [fault/refresh]', async ({
  context,
  page,
  person,
  signIn,
  workos,
}) => {
  await context.clock.install();
  await signIn(person);
  const silence = { times: 100, user: person.id, grantType: 'refresh_token' };
  await workos.delayNext(AUTHENTICATE, { hours: 1 }, silence);
  const tabs = [page, await context.newPage()];
  for (const tab of tabs) {
    await tab.goto('/account');
    await expect(tab.getByText('Looking for your session…')).toBeVisible();
  }
  const waitFor = (words: (tab: Page) => Locator) =>
    expect(async () => {
      await context.clock.runFor('00:08');
      for (const tab of tabs) await expect(words(tab)).toBeVisible({ timeout: 1000 });
    }).toPass();
  await waitFor((tab) => tab.getByText(`cannot be renewed just now: ${MOCK} does not answer`));
  await workos.clearFaults();
  await waitFor((tab) => tab.getByRole('link', { name: person.email }));
});

test('trap/html-5xx-signs-out: a status that the SDK takes for a refusal ends the session on the screen; the cookie outlives it [fault/refresh]', async ({
  page,
  person,
  signIn,
  workos,
  guard,
  baseURL,
}) => {
  guard.allow(/520/);
  await signIn(person, { path: '/token-refresh' });
  // What Cloudflare answers for a server that fails. authkit-js 0.20 tries again after 408, 429, 500, 502, 503 and 504 only.
  await refused(520, '<h1>Unknown error</h1>')(workos, baseURL!, {
    user: person.id,
    grantType: 'refresh_token',
  });
  await page.getByRole('button', { name: 'Renew now' }).click();
  await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
  await expect(page.getByText(person.email)).toHaveCount(0);

  await page.goto('/');
  const isDevMode = new URL(baseURL!).hostname === 'localhost';
  await expect(page.getByText(isDevMode ? 'You are signed out.' : 'Hello, Pat.')).toBeVisible();
});

test('react/access-token: an API that does not run is said to, with its address and its setting', async ({
  page,
  person,
  signIn,
  guard,
}) => {
  guard.allow(/ERR_CONNECTION_REFUSED/);
  await signIn(person, { path: '/access-token' });
  await page.getByRole('button', { name: 'GET /api/me' }).click();
  await expect(page.getByText('does not run')).toContainText('http://localhost:5193');
  await expect(page.getByText('VITE_API_URL')).toBeVisible();
});
