import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../src/playwright.ts';

const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

/** Where an app would send the browser; nothing listens at the redirect URI. */
function authorizeUrl(params: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    client_id: 'client_mock',
    response_type: 'code',
    provider: 'authkit',
    redirect_uri: 'http://localhost:4116/health',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    state: 'the-state',
    ...params,
  });
  return `/user_management/authorize?${query}`;
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('no page has anything that axe finds', async ({ page }) => {
      await page.goto(authorizeUrl());
      await expectAccessible(page);
      await page.getByText('Impersonate somebody').click();
      await expectAccessible(page);
      await page.getByRole('link', { name: 'Sign up' }).click();
      await expectAccessible(page);
      await page.goto(authorizeUrl());
      await page.getByRole('button', { name: 'Grace Hopper' }).click();
      await expect(page.getByRole('heading')).toHaveText('Choose an organization');
      await expectAccessible(page);
      await page.goto('/');
      await expectAccessible(page);
    });
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a person signs in', async ({ page }) => {
    await page.goto(authorizeUrl());
    await page.getByRole('button', { name: 'Ada Lovelace' }).click();
    await expect(page).toHaveURL(/\/health\?code=.+&state=the-state$/);
  });
});

test('the keyboard is enough: e-mail, password, Enter', async ({ page }) => {
  await page.goto(authorizeUrl({ login_hint: 'linus@hey.test' }));
  await page.getByLabel('E-mail address').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.type('password');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/health\?code=/);
});

test('a wrong password is said at once, and the address stays', async ({ page, guard }) => {
  guard.allow(/400/);
  await page.goto(authorizeUrl());
  await page.getByLabel('E-mail address').fill('ada@acme.test');
  await page.getByLabel('Password').fill('nonsense');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert')).toHaveText('The e-mail address or the password is wrong.');
  await expect(page.getByLabel('E-mail address')).toHaveValue('ada@acme.test');
});

test('the inspector follows what happens, and its buttons work', async ({ page, workos }) => {
  await page.goto('/');
  const email = `inspected-${Date.now()}@example.test`;
  await workos.createUser({ email });
  const { sessionId } = await workos.signIn({ email });
  await page.request.get('/sso/jwks/client_mock');
  const revoke = page.getByRole('button', { name: `Revoke the session of ${email}` });
  await revoke.click();
  await expect(revoke).toHaveCount(0);
  const sessions = await workos.sessions();
  expect(sessions.find(({ id }) => id === sessionId)?.status).toBe('revoked');
});
