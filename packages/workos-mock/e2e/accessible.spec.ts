import { authorizeUrl, expect, expectAccessible, test } from './journeys.ts';

// Each colour scheme and each width once: contrast depends on the one, overflow on the other.
for (const [colorScheme, width] of [
  ['light', 390],
  ['dark', 1280],
] as const) {
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

    test('nor have the pages that an e-mail, a device or a mistake opens', async ({
      page,
      request,
      guard,
    }) => {
      guard.allow(/400/);
      const send = async (path: string, data: object) => {
        const headers = { authorization: 'Bearer sk_test_default' };
        return (await (await request.post(path, { headers, data })).json()) as Record<
          string,
          string
        >;
      };
      const { accept_invitation_url: invitation } = await send('/user_management/invitations', {
        email: 'linus@hey.test',
        organization_id: 'org_acme',
      });
      await page.goto(invitation!);
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Accept the invitation' }).click();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Linus Torvalds' }).click();
      await expect(page.getByRole('heading')).toHaveText('Welcome');
      await expectAccessible(page);
      const { verification_uri_complete: device } = await send(
        '/user_management/authorize/device',
        { client_id: 'client_mock' },
      );
      await page.goto(device!);
      await page.getByRole('button', { name: 'Linus Torvalds' }).click();
      await expect(page.getByRole('heading')).toHaveText('Connect a device');
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Approve' }).click();
      await expectAccessible(page);
      await page.goto('/authkit/sign-in');
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
