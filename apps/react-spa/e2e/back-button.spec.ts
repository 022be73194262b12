import { COOKIE_MODE, DEV_MODE } from './addresses';
import { expect, test } from './journeys';

/** In a browser that keeps the pages that were left, as people have it; a headless shell keeps none. */

for (const baseURL of [DEV_MODE, COOKIE_MODE]) {
  test.describe(baseURL, () => {
    test.use({ baseURL });

    test('react/use-auth: the back button after a sign-out brings nothing private back [attack/leakage]', async ({
      page,
      person,
      signIn,
      signOut,
    }) => {
      await signIn(person, { path: '/account' });
      await page.goto('/use-auth');
      await page.evaluate(() => {
        window.addEventListener('pageshow', ({ persisted }) => {
          sessionStorage.setItem('kept', String(persisted));
        });
      });
      await signOut();

      await page.goBack();
      await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
      await expect(page.getByText(person.email)).toHaveCount(0);
      expect(await page.evaluate(() => sessionStorage.getItem('kept'))).toBe('true');
    });
  });
}

test('react/sign-in-endpoint: the back button leaves the sign-in instead of beginning it again', async ({
  page,
}) => {
  await page.goto('/');
  await page.goto('/account');
  await page.getByLabel('E-mail address').waitFor();
  await page.goBack();
  await expect(page.getByText('You are signed out.')).toBeVisible();
});
