import { authorizeUrl, expect, expectAccessible, test } from './journeys.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1280]) {
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });

      test('no hosted page has anything that axe finds', async ({ page, baseURL, workos }) => {
        await page.goto(authorizeUrl(baseURL));
        await page.getByText('Impersonate somebody').click();
        await expectAccessible(page);
        await page.getByRole('link', { name: 'Sign up' }).click();
        await expectAccessible(page);
        await page.goto(authorizeUrl(baseURL, { login_hint: 'ada@acme.test' }));
        await page.getByRole('button', { name: 'E-mail me a code' }).click();
        await expectAccessible(page);
        await page.goto(authorizeUrl(baseURL, { provider: 'GoogleOAuth' }));
        await page.getByText('Somebody else').click();
        await expectAccessible(page);
        await page.goto(authorizeUrl(baseURL, { login_hint: 'ada@acme.test' }));
        await page.getByRole('button', { name: 'Forgot the password?' }).click();
        await expectAccessible(page);
        await page.getByRole('link', { name: 'Open the link of the e-mail' }).click();
        await expectAccessible(page);
        await page.goto(authorizeUrl(baseURL));
        await page.getByRole('button', { name: 'Grace Hopper' }).click();
        await expect(page.getByRole('heading')).toHaveText('Choose an organization');
        await expectAccessible(page);
        await workos.requireMfa();
        await page.goto(authorizeUrl(baseURL));
        await page.getByRole('button', { name: 'Linus Torvalds' }).click();
        await page.getByText('No authenticator app at hand?').click();
        await expectAccessible(page);
      });

      test('nor has the inspector, and it fits', async ({ page, workos }) => {
        const ada = await workos.signIn({ email: 'ada@acme.test' });
        await workos.failNext(
          'POST /user_management/authenticate',
          { status: 500 },
          {
            session: ada.sessionId,
          },
        );
        await page.goto('/');
        await page.getByText('Show', { exact: true }).click();
        await expectAccessible(page);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).toBe(0);
        await workos.clearFaults();
      });
    });
  }
}
