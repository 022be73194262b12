import type { APIRequestContext } from '@playwright/test';
import { expect, expectSignedIn, test } from './journeys.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('it follows what happens: sessions, requests, events and mails appear', async ({
  page,
  workos,
  request,
}) => {
  await page.goto('/');
  await expect(page.getByText('Nobody is signed in.')).toBeVisible();
  await workos.signIn({ email: 'ada@acme.test' });
  await expect(
    page.getByRole('button', { name: 'Revoke the session of ada@acme.test' }),
  ).toBeVisible();
  const headers = { authorization: 'Bearer sk_test_default' };
  const data = { email: 'linus@hey.test' };
  await request.post('/user_management/password_reset', { headers, data });
  const asked = page.getByRole('region', { name: 'Requests' });
  await expect(asked.getByText('POST /user_management/password_reset')).toBeVisible();
  await expect(page.getByText('password_reset.created')).toBeVisible();
  await page.getByRole('link', { name: 'Open the password reset of linus@hey.test' }).click();
  await expect(page.getByRole('heading')).toHaveText('Choose a new password');
});

for (const [button, status] of [
  ['Revoke', 'revoked'],
  ['Expire', 'expired'],
] as const) {
  test(`a session ends by a button: ${button}`, async ({ page, workos }) => {
    const { sessionId } = await workos.signIn({ email: 'ada@acme.test' });
    await page.goto('/');
    await page.getByRole('button', { name: `${button} the session of ada@acme.test` }).click();
    await expect(page.getByText('Nobody is signed in.')).toBeVisible();
    const sessions = await workos.sessions();
    expect(sessions.find(({ id }) => id === sessionId)?.status).toBe(status);
  });
}

test('a fault is switched on and off by the keyboard, which keeps its place', async ({
  page,
  workos,
}) => {
  await page.goto('/');
  await page.getByLabel('Endpoint').selectOption('GET /organizations');
  await page.getByLabel('What happens').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const off = page.getByRole('button', { name: 'Switch off failNext 500 on GET /organizations' });
  await expect(off).toBeVisible();
  await expect(page.getByRole('button', { name: 'Switch on' })).toBeFocused();
  await off.focus();
  await page.keyboard.press('Enter');
  await expect(off).toHaveCount(0);
  expect(await workos.faults()).toEqual([]);
});

test('time moves on, security changes, and the seed brings all of it back', async ({
  page,
  workos,
}) => {
  await page.goto('/');
  await page.getByRole('button', { name: '1 day on' }).click();
  await expect(page.getByText('24 h ahead of this machine')).toBeVisible();
  await page.getByRole('button', { name: 'Require a second factor' }).click();
  await expect(page.getByRole('button', { name: 'Require no second factor' })).toBeVisible();
  await page.getByRole('button', { name: 'Let them live 20 s' }).click();
  await expect(page.getByText('New access tokens live 20 s.')).toBeVisible();
  await page.getByRole('button', { name: 'Rotate the signing key' }).click();
  await expect(page.getByRole('status')).toHaveText('Done.');
  await workos.createUser({ email: 'new@example.test' });
  await expect(page.getByText('new@example.test').first()).toBeVisible();
  await page.getByRole('button', { name: 'Back to the seed' }).click();
  await expect(page.getByText('new@example.test')).toHaveCount(0);
  await expect(page.getByText('as on this machine')).toBeVisible();
});

test('a click counts though the page changes between press and release', async ({
  page,
  workos,
}) => {
  await page.goto('/');
  await page.getByRole('button', { name: '1 day on' }).hover();
  await page.mouse.down();
  const followed = page.waitForResponse('/');
  await workos.clock.advance({ hours: 1 });
  await (await followed).finished();
  // The page has what it fetched once the task that reads it has run.
  await page.evaluate(() => new Promise((done) => setTimeout(done)));
  await page.mouse.up();
  await expect(page.getByText('25 h ahead of this machine')).toBeVisible();
});

test('the code of an authenticator app is shown', async ({ page, request }) => {
  await request.post('/user_management/users/user_ada/auth_factors', {
    headers: { authorization: 'Bearer sk_test_default' },
    data: { type: 'totp' },
  });
  await page.goto('/');
  await page.getByRole('button', { name: 'Show its code for ada@acme.test' }).click();
  await expect(page.getByRole('status')).toHaveText(/^The code is \d{6}$/);
});

test('the present state is copied as a seed', async ({ page, workos }) => {
  await workos.createUser({ email: 'new@example.test' });
  await page.goto('/');
  await page.getByRole('button', { name: 'Copy the present state' }).click();
  await expect(page.getByRole('status')).toHaveText('Copied.');
  const seed = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as {
    users: { email: string }[];
  };
  expect(seed.users.map(({ email }) => email)).toContain('new@example.test');
});

/** An app whose sign-in endpoint is the authorize endpoint itself. */
async function announceApp(request: APIRequestContext, baseURL: string | undefined) {
  const query = new URLSearchParams({
    client_id: 'client_mock',
    response_type: 'code',
    provider: 'authkit',
    redirect_uri: `${baseURL}/health`,
    state: 'the-state',
  });
  await request.post('/_mock/apps/announce', {
    data: {
      name: 'my-app',
      url: baseURL,
      description: 'An app',
      ready: true,
      signInPath: `/user_management/authorize?${query}`,
    },
  });
}

test('one click signs in at a running app', async ({ page, baseURL, request }) => {
  await announceApp(request, baseURL);
  await page.goto('/');
  await page.getByRole('link', { name: 'my-app as Grace Hopper at Globex' }).click();
  await expectSignedIn(page);
});

test('somebody is impersonated at a running app', async ({ page, baseURL, request, workos }) => {
  await announceApp(request, baseURL);
  await page.goto('/');
  await page.getByLabel('Impersonate').selectOption('Grace Hopper');
  await page.getByRole('button', { name: 'Impersonate' }).click();
  await expectSignedIn(page);
  // The same from a test, in another organization.
  const impersonator = { email: 'support@acme.test', reason: 'Ticket 42' };
  const grace = { email: 'grace@acme.test', organization: 'Globex' };
  await page.goto(await workos.impersonate({ ...grace, impersonator }));
  await expectSignedIn(page);
});
