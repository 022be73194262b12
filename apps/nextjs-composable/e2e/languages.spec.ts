import { expect, test } from 'workos-mock/playwright';
import { fillSignIn } from './sign-in';

test.describe('a German browser', () => {
  test.use({ locale: 'de-DE' });

  test('ask/compose-i18n: from / to sign in and back, in one language', async ({
    context,
    page,
    person,
  }) => {
    await page.goto('/');
    await expect(page).toHaveURL('/de');
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    expect((await context.cookies()).map(({ name }) => name)).not.toContain('wos-auth-verifier');
    await page.getByRole('link', { name: 'Anmelden' }).click();
    await fillSignIn(page, person);
    await expect(page).toHaveURL('/de/konto');
    await expect(page.getByRole('main')).toContainText(person.email);
    await page.goto('/account');
    await expect(page).toHaveURL('/de/konto');
  });
});

test('ask/compose-i18n: a language chosen by hand outlives sign-in and sign-out', async ({
  page,
  person,
}) => {
  await page.goto('/');
  await expect(page).toHaveURL('/en');
  await page.getByRole('link', { name: 'Deutsch' }).click();
  await page.getByRole('link', { name: 'Ihr Konto' }).click();
  await fillSignIn(page, person);
  await expect(page).toHaveURL('/de/konto');
  await page.getByRole('button', { name: 'Abmelden' }).click();
  await expect(page).toHaveURL('/signed-out');
  await page.getByRole('link', { name: 'Start page' }).click();
  await expect(page).toHaveURL('/de');
});

test('ask/compose-i18n: an expired session is refreshed on the way through next-intl', async ({
  page,
  person,
  signInAs,
  workos,
}) => {
  await signInAs(person, { tokenAge: { minutes: 6 } });
  await page.goto('/de/konto?tab=1');
  await expect(page).toHaveURL('/de/konto?tab=1');
  await expect(page.getByRole('main')).toContainText(person.email);
  const refreshes = await workos.requests({ grantType: 'refresh_token', userId: person.id });
  expect(refreshes).toHaveLength(1);
});

test('ask/compose-i18n: on another allowed host, the language is chosen without leaving it', async ({
  page,
}) => {
  await page.goto('http://staging.localhost:3011/');
  await expect(page).toHaveURL('http://staging.localhost:3011/en');
});
