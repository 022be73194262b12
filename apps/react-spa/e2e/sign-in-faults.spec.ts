import { COOKIE_MODE, MOCK } from './addresses';
import { expect, garbled, refused, test } from './journeys';

const AUTHENTICATE = 'POST /user_management/authenticate';
const KEYS = 'GET /sso/jwks/:clientId';

test('react/sign-in-endpoint: a sign-in while the API is down waits, says why, and goes on once it is back [fault/sign-in-start]', async ({
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

test('react/sign-in-endpoint: an API that cuts connections is waited for as well [fault/sign-in-start]', async ({
  page,
  workos,
  guard,
}) => {
  guard.allow(/ERR_EMPTY_RESPONSE|ERR_CONNECTION/);
  // More often than a browser tries again by itself.
  await workos.dropNext(KEYS, {}, { times: 4 });
  await page.goto('/account');
  await expect(page.getByRole('heading', { name: 'Sign-in is not available' })).toBeVisible();
  await workos.clearFaults();
  await expect(page.getByLabel('E-mail address')).toBeVisible();
});

test('react/sign-in-endpoint: a slow API is no outage [fault/sign-in-start]', async ({
  page,
  workos,
}) => {
  await workos.delayNext(KEYS, { seconds: 4 });
  await page.goto('/account');
  await expect(page.getByText('Taking you to sign in…')).toBeVisible();
  await expect(page.getByLabel('E-mail address')).toBeVisible();
});

test('react/sign-in-endpoint: where the hosted page itself fails, the way back leads to the app and a new try [fault/sign-in-start]', async ({
  page,
  workos,
  guard,
}) => {
  guard.allow(/503/);
  await page.goto('/');
  // No page may look at the status of another site's, so this answer is what the person sees.
  await workos.failNext('GET /user_management/authorize', { status: 503, body: '<h1>Busy</h1>' });
  await page.goto('/account');
  await expect(page.getByRole('heading', { name: 'Busy' })).toBeVisible();
  await page.goBack();
  await expect(page.getByText('You are signed out.')).toBeVisible();
  await page.getByRole('link', { name: 'Sign in', exact: true }).click();
  await expect(page.getByLabel('E-mail address')).toBeVisible();
});

for (const [what, begin] of [
  ['500', refused(500, { message: 'no' })],
  ['429', refused(429, { message: 'slow down' }, { 'retry-after': '1' })],
  ['an HTML 502', refused(502, '<h1>Bad gateway</h1>')],
  ['a truncated answer', garbled('truncated')],
  ['an empty answer', garbled('empty')],
  ['HTML for an answer', garbled('html')],
] as const) {
  test(`react/state: ${what} at the exchange of the code is half a session for nobody, and the next try signs in [fault/callback]`, async ({
    page,
    person,
    workos,
    guard,
  }) => {
    guard.allow(/Failed to load resource|JSON|CORS|Failed to fetch|authenticateWithCode/);
    await begin(workos, COOKIE_MODE, { grantType: 'authorization_code' });
    await page.goto(
      `/login?returnTo=/account?tab=6&login_hint=${encodeURIComponent(person.email)}`,
    );
    await expect(page.getByRole('heading', { name: 'The sign-in did not work' })).toBeVisible();
    expect(new URL(page.url()).search).toBe('');
    expect(
      await workos.requests({ endpoint: AUTHENTICATE, grantType: 'authorization_code' }),
    ).toHaveLength(1);

    await page.getByRole('alert').getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('E-mail address').fill(person.email);
    await page.getByLabel('Password').fill(person.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page).toHaveURL(/\/account\?tab=6$/);
    await expect(page.getByRole('link', { name: person.email })).toBeVisible();
  });
}
