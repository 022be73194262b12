import { MOCK } from './addresses';
import { expect, test } from './journeys';

const failedExchange = /Couldn't exchange code/;

test('react/state: cancelling on the hosted page ends on a page that says so and leads back [fault/callback]', async ({
  page,
}) => {
  await page.goto('/account?tab=5');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'Sign-in cancelled' })).toBeVisible();
  await expect(page.getByRole('alert').getByRole('link', { name: 'Sign in' })).toHaveAttribute(
    'href',
    '/login?returnTo=%2Faccount%3Ftab%3D5',
  );
});

test('react/state: words from the query are not shown', async ({ page }) => {
  await page.goto('/callback?error=server_error&error_description=Call+us+at+555-0100');
  await expect(page.getByRole('heading', { name: 'The sign-in did not work' })).toBeVisible();
  await expect(page.getByText('555-0100')).toHaveCount(0);
});

test('react/sign-in-endpoint, ask/idp-initiated: a callback without a verifier signs nobody in and says what to do [attack/login-csrf]', async ({
  page,
  guard,
}) => {
  guard.allow(failedExchange);
  // The diagnosis asks for a session without showing one.
  guard.allow(/400 \(Bad Request\)/);
  await page.goto(
    '/callback?code=somebody_elses_code&state=%7B%22returnTo%22%3A%22%2Faccount%22%7D',
  );
  await expect(page.getByText('begun in another tab or by somebody else')).toBeVisible();
  expect(new URL(page.url()).search).toBe('');
  await page.getByRole('alert').getByRole('link', { name: 'Sign in' }).click();
  await expect(page.getByLabel('E-mail address')).toBeVisible();
});

test('react/provider: a crafted callback does not cost a signed-in person the session [attack/login-csrf]', async ({
  page,
  person,
  signIn,
  guard,
}) => {
  guard.allow(failedExchange);
  guard.allow(/400 \(Bad Request\)/);
  await signIn(person);
  await page.goto('/callback?code=somebody_elses_code');
  await page.getByRole('link', { name: 'Go to the start page' }).click();
  await expect(page.getByRole('link', { name: person.email })).toBeVisible();
});

test('react/provider: a code of somebody else’s sign-in is refused although this tab began one [attack/login-csrf]', async ({
  page,
  workos,
  mockUrl,
  guard,
  baseURL,
}) => {
  guard.allow(/code verifier does not match|400 \(Bad Request\)/);
  const attacker = await workos.createUser({ memberships: [{ organization: 'Acme' }] });
  const authorize = new URL('/user_management/authorize', mockUrl);
  authorize.search = String(
    new URLSearchParams({
      client_id: 'client_mock',
      redirect_uri: `${baseURL}/callback`,
      response_type: 'code',
      provider: 'authkit',
      login_hint: attacker.email,
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    }),
  );
  const answer = await fetch(authorize, { redirect: 'manual' });
  const { searchParams } = new URL(answer.headers.get('location')!);

  await page.goto('/login');
  await page.getByLabel('E-mail address').waitFor();
  await page.goto(`/callback?code=${searchParams.get('code')}`);
  await expect(page.getByRole('heading', { name: 'The sign-in did not work' })).toBeVisible();
  await expect(page.getByText(attacker.email)).toHaveCount(0);
});

/** A few that differ in kind; every spelling is in src/return-path.test.ts. */
const HOSTILE = [
  'https://evil.example/',
  '/\\evil.example/',
  '/.//evil.example/',
  'javascript:alert(1)',
];

test('react/state: a crafted return path ends on the start page [attack/open-redirect]', async ({
  page,
  person,
  baseURL,
}) => {
  for (const returnTo of HOSTILE) {
    // Past the check at /login: whoever sends the link can edit the URL of the hosted page, state and all.
    await page.route(`${MOCK}/user_management/authorize?*`, (route) => {
      const url = new URL(route.request().url());
      url.searchParams.set('state', JSON.stringify({ returnTo }));
      url.searchParams.set('login_hint', person.email);
      return route.continue({ url: url.href });
    });
    await page.goto('/login');
    await expect(page.getByText('Hello, Pat.'), returnTo).toBeVisible();
    expect(page.url(), returnTo).toBe(`${baseURL}/`);
    await page.unrouteAll();
  }
});

test('react/state: a malformed state is harmless [fault/callback]', async ({
  page,
  person,
  baseURL,
}) => {
  for (const state of ['not JSON', 'null', '{"returnTo":{"a":1}}']) {
    await page.route(`${MOCK}/user_management/authorize?*`, (route) => {
      const url = new URL(route.request().url());
      url.searchParams.set('state', state);
      url.searchParams.set('login_hint', person.email);
      return route.continue({ url: url.href });
    });
    await page.goto('/login?returnTo=/account');
    await expect(page.getByText('Hello, Pat.'), state).toBeVisible();
    expect(page.url(), state).toBe(`${baseURL}/`);
    await page.unrouteAll();
  }
});
