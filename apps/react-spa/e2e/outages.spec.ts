import { MOCK } from './addresses';
import { expect, test } from './journeys';

/** What the API answers a page; without these headers the browser would hide the status from it. */
const cors = (origin: string) => ({
  'access-control-allow-origin': origin,
  'access-control-allow-credentials': 'true',
});
const AUTHENTICATE = 'POST /user_management/authenticate';

test('react/sign-in-endpoint: a sign-in while the API is down waits, says why, and goes on once it is back', async ({
  page,
  outage,
}) => {
  await outage.begin();
  await page.goto('/account?tab=3');
  await expect(page.getByRole('heading', { name: 'Sign-in is not available' })).toBeVisible();
  await expect(page.getByText(MOCK)).toBeVisible();
  await expect(page.getByText('VITE_WORKOS_API_HOSTNAME')).toBeVisible();
  await outage.end();
  await expect(page.getByLabel('E-mail address')).toBeVisible();
});

test('react/protected-routes: a reload while the API is down keeps the session for when it is back', async ({
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

test('react/token-refresh: an outage across an expiry shows nothing, and the token is renewed after it', async ({
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

for (const { what, status, body, headers } of [
  { what: '500', status: 500, body: { message: 'no' }, headers: {} },
  {
    what: '429 with Retry-After',
    status: 429,
    body: { message: 'slow down' },
    headers: { 'retry-after': '1' },
  },
  { what: 'an HTML 502', status: 502, body: '<h1>Bad gateway</h1>', headers: {} },
]) {
  test(`react/token-refresh, trap/html-5xx-signs-out: ${what} at a refresh keeps the session`, async ({
    page,
    person,
    signIn,
    workos,
    guard,
    baseURL,
  }) => {
    guard.allow(/Failed to load resource/);
    await signIn(person, { path: '/token-refresh' });
    await workos.failNext(
      AUTHENTICATE,
      { status, body, headers: { ...headers, ...cors(baseURL!) } },
      { user: person.id },
    );
    await page.getByRole('button', { name: 'Renew now' }).click();
    await expect(
      page.getByText('Not possible just now; your session is kept. Try again.'),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Renew now' }).click();
    await expect(page.getByText('Renewed.')).toBeVisible();
    await page.reload();
    await expect(page.getByRole('link', { name: person.email })).toBeVisible();
  });
}

for (const as of ['truncated', 'empty', 'html'] as const) {
  test(`react/token-refresh: a refresh whose answer arrives ${as} keeps the session, although the token was exchanged`, async ({
    page,
    person,
    signIn,
    workos,
    guard,
  }) => {
    guard.allow(/Failed to load resource|CORS/);
    await signIn(person, { path: '/account' });
    await workos.garbleNext(AUTHENTICATE, as, { user: person.id, grantType: 'refresh_token' });
    await page.reload();
    await expect(page.getByRole('link', { name: person.email })).toBeVisible();
  });
}

test('react/token-refresh: a refresh that is cut off after the exchange keeps the session', async ({
  page,
  person,
  signIn,
  workos,
  guard,
}) => {
  guard.allow(/Failed to load resource/);
  await signIn(person);
  // More often than a browser tries again by itself.
  await workos.dropNext(AUTHENTICATE, { after: true }, { user: person.id, times: 3 });
  await page.reload();
  await expect(page.getByRole('link', { name: person.email })).toBeVisible();
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
