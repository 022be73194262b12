import { randomUUID } from 'node:crypto';
import type { APIRequestContext } from '@playwright/test';
import { expect, test } from 'workos-mock/playwright';
import { fillSignIn } from './sign-in';

/**
 * As a browser's visit, but the redirect is looked at instead of followed. Each from an address of its own: from one the app takes
 * sixty sign-ins a minute.
 */
const manual = () => ({
  maxRedirects: 0,
  headers: {
    accept: 'text/html',
    'x-forwarded-for': randomUUID().replace(/^(.{4})(.{4}).*/, '2001:db8::$1:$2'),
  },
});
const AUTHENTICATE = 'POST /user_management/authenticate';

/** Goes through AuthKit as far as the address that comes back with the code. */
async function callbackUrl(request: APIRequestContext, email: string): Promise<string> {
  const start = await request.get(`/sign-in?loginHint=${encodeURIComponent(email)}`, manual());
  const answer = await request.get(start.headers().location ?? '', manual());
  const url = answer.headers().location ?? '';
  expect(url).toMatch(/\/callback\?code=/);
  return url;
}

test('nextjs/dynamic-redirect-uri: a sign-in that another browser began is refused [attack/login-csrf]', async ({
  context,
  page,
  person,
  playwright,
  baseURL,
}) => {
  const attacker = await playwright.request.newContext({ baseURL });
  await page.goto(await callbackUrl(attacker, person.email));
  await expect(page).toHaveURL('/sign-in-failed?reason=not_finished');
  expect((await context.cookies()).map(({ name }) => name)).not.toContain('wos-session');
  await attacker.dispose();
});

test('nextjs/dynamic-redirect-uri: a state that was used before is refused [attack/login-csrf]', async ({
  page,
  person,
}) => {
  const url = await callbackUrl(page.request, person.email);
  await page.goto(url);
  await expect(page).toHaveURL('/en/account');
  await page.goto(url);
  await expect(page).toHaveURL('/sign-in-failed?reason=not_finished');
});

test('nextjs/dynamic-redirect-uri: a code put into one’s own sign-in is refused [attack/code-theft]', async ({
  page,
  context,
  person,
  playwright,
  baseURL,
  workos,
}) => {
  const victim = await playwright.request.newContext({ baseURL });
  const theirs = new URL(await callbackUrl(victim, person.email));
  const mine = new URL((await page.request.get('/sign-in', manual())).headers().location ?? '');
  const stolen = new URL('/callback', baseURL);
  stolen.searchParams.set('code', theirs.searchParams.get('code') ?? '');
  stolen.searchParams.set('state', mine.searchParams.get('state') ?? '');
  await page.goto(stolen.href);
  await expect(page).toHaveURL('/sign-in-failed?reason=not_finished');
  expect((await context.cookies()).map(({ name }) => name)).not.toContain('wos-session');
  expect(await workos.sessions({ user: person.id })).toEqual([]);
  await victim.dispose();
});

test('ask/deep-link: who cancels, and then tries again, comes to the page they wanted', async ({
  page,
  person,
}) => {
  await page.goto('/de/konto?tab=1');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'You are not signed in' })).toBeVisible();
  await page.getByRole('link', { name: 'Try again' }).click();
  await fillSignIn(page, person);
  await expect(page).toHaveURL('/de/konto?tab=1');
});

test('ask/deep-link: a link to the failure page cannot say where "try again" leads [attack/open-redirect]', async ({
  page,
}) => {
  await page.goto('/sign-in-failed?reason=access_denied&returnTo=//evil.example/phish');
  const link = page.getByRole('main').getByRole('link', { name: 'Sign in' });
  await expect(link).toHaveAttribute('href', '/sign-in');
});

test('nextjs/dynamic-redirect-uri: every sign-in is bound by S256 [attack/code-theft]', async ({
  request,
}) => {
  for (const path of ['/sign-in', '/en/account', '/t/org_acme']) {
    const { searchParams } = new URL((await request.get(path, manual())).headers().location ?? '');
    expect(searchParams.get('code_challenge_method'), path).toBe('S256');
    expect(searchParams.get('code_challenge'), path).toMatch(/^[\w-]{43}$/);
  }
});

for (const [what, fault] of [
  ['status 503', { status: 503 }],
  ['a gateway’s page', { status: 502, body: '<h1>Bad gateway</h1>' }],
] as const) {
  test(`nextjs/dynamic-redirect-uri: ${what} while the code is exchanged has its page, and no half session [fault/callback]`, async ({
    page,
    context,
    person,
    workos,
  }) => {
    test.slow();
    const url = await callbackUrl(page.request, person.email);
    const scope = { times: 4, user: person.id, grantType: 'authorization_code' };
    await workos.failNext(AUTHENTICATE, fault, scope);
    await page.goto(url, { timeout: 30_000 });
    await expect(page).toHaveURL('/sign-in-failed?reason=workos_unavailable');
    await expect(page.getByRole('main')).toContainText('does not answer right now');
    expect((await context.cookies()).map(({ name }) => name)).toEqual([]);
  });
}

test('nextjs/dynamic-redirect-uri: a return path written by somebody else stays in the app [attack/open-redirect]', async ({
  guard,
  page,
  person,
}) => {
  // A path of this app, odd as it is, and no page of it.
  guard.allow(/404 \(Not Found\)/);
  for (const path of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/%09/evil.example',
  ]) {
    const hint = encodeURIComponent(person.email);
    await page.goto(`/sign-in?loginHint=${hint}&returnTo=${encodeURIComponent(path)}`);
    expect(new URL(page.url()).host, path).toBe('localhost:3011');
  }
});
