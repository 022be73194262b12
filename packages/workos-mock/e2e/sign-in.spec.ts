import { authorizeUrl, expect, expectSignedIn, shownCode, test } from './journeys.ts';

// Every way in, in a browser with JavaScript and in one without: no page needs it.
for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('one click, then an organization', async ({ page, baseURL }) => {
      await page.goto(authorizeUrl(baseURL));
      await page.getByRole('button', { name: 'Grace Hopper' }).click();
      await expect(page.getByRole('heading')).toHaveText('Choose an organization');
      await page.reload();
      await page.getByRole('button', { name: 'Globex' }).click();
      await expectSignedIn(page);
    });

    test('an e-mail address and a password', async ({ page, baseURL }) => {
      await page.goto(authorizeUrl(baseURL));
      await page.getByLabel('E-mail address').fill('linus@hey.test');
      await page.getByLabel('Password').fill('password');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await expectSignedIn(page);
    });

    test('sign-up, with the address verified', async ({ page, baseURL }) => {
      await page.goto(authorizeUrl(baseURL));
      await page.getByRole('link', { name: 'Sign up' }).click();
      await page.getByLabel('First name').fill('New');
      await page.getByLabel('E-mail address').fill('new@example.test');
      await page.getByLabel('Password').fill('long enough');
      await page.getByRole('button', { name: 'Sign up' }).click();
      await page.getByLabel('Code').fill(await shownCode(page));
      await page.getByRole('button', { name: 'Continue' }).click();
      await expectSignedIn(page);
    });

    test('a code by e-mail', async ({ page, baseURL }) => {
      await page.goto(authorizeUrl(baseURL, { login_hint: 'linus@hey.test' }));
      await page.getByRole('button', { name: 'E-mail me a code' }).click();
      await page.getByRole('button', { name: 'Send another code' }).click();
      await page.getByLabel('Code').fill(await shownCode(page));
      await page.getByRole('button', { name: 'Continue' }).click();
      await expectSignedIn(page);
    });

    test('a second factor: enrolled, then asked for', async ({ page, baseURL, workos }) => {
      await workos.requireMfa();
      await page.goto(authorizeUrl(baseURL));
      await page.getByRole('button', { name: 'Linus Torvalds' }).click();
      await expect(page.getByRole('img', { name: 'QR code' })).toBeVisible();
      await page.getByText('No authenticator app at hand?').click();
      await page.getByLabel('Code').fill(await shownCode(page));
      await page.getByRole('button', { name: 'Continue' }).click();
      await expectSignedIn(page);

      await page.goto(authorizeUrl(baseURL, { prompt: 'login' }));
      await page.getByRole('button', { name: 'Linus Torvalds' }).click();
      await page.getByLabel('Code').fill(await workos.mfaCode('user_linus'));
      await page.getByRole('button', { name: 'Continue' }).click();
      await expectSignedIn(page);
    });

    test('single sign-on, as somebody whom WorkOS has not met', async ({ page, baseURL }) => {
      await page.goto(authorizeUrl(baseURL, { login_hint: 'someone@acme.test' }));
      await page.getByRole('button', { name: 'Use single sign-on' }).click();
      await expect(page.getByRole('heading', { name: 'Acme Okta' })).toBeVisible();
      await page.getByText('Somebody else').click();
      await page.getByLabel('E-mail address').fill('new@acme.test');
      await page.getByRole('button', { name: 'Continue', exact: true }).click();
      await expectSignedIn(page);
    });

    test('a social provider', async ({ page, baseURL }) => {
      await page.goto(authorizeUrl(baseURL));
      await page.getByRole('link', { name: 'Continue with Google' }).click();
      await page.getByRole('button', { name: 'Ada Lovelace' }).click();
      await expectSignedIn(page);
    });

    test('a forgotten password', async ({ page, baseURL }) => {
      await page.goto(authorizeUrl(baseURL, { login_hint: 'ada@acme.test' }));
      await page.getByRole('button', { name: 'Forgot the password?' }).click();
      await page.getByRole('link', { name: 'Open the link of the e-mail' }).click();
      await page.getByLabel('New password').fill('another one');
      await page.getByRole('button', { name: 'Change the password' }).click();
      await expectSignedIn(page);
    });

    test('an invitation', async ({ page, request, workos }) => {
      const answer = await request.post('/user_management/invitations', {
        headers: { authorization: 'Bearer sk_test_default' },
        data: { email: 'new@example.test', organization_id: 'org_acme' },
      });
      const { accept_invitation_url: link } = (await answer.json()) as Record<string, string>;
      await page.goto(link!);
      await page.getByRole('button', { name: 'Accept the invitation' }).click();
      await expect(page.getByLabel('E-mail address')).toHaveValue('new@example.test');
      await page.getByLabel('Password').fill('long enough');
      await page.getByRole('button', { name: 'Sign up' }).click();
      await expect(page.getByText('You are a member of Acme.')).toBeVisible();
      expect((await workos.inbox()).map(({ kind }) => kind)).toEqual(['invitation']);
    });

    test('impersonation', async ({ page, baseURL }) => {
      await page.goto(authorizeUrl(baseURL));
      await page.getByText('Impersonate somebody').click();
      await page.getByRole('button', { name: 'Impersonate' }).click();
      await expectSignedIn(page);
    });

    test('cancel', async ({ page, baseURL }) => {
      await page.goto(authorizeUrl(baseURL));
      await page.getByRole('button', { name: 'Cancel' }).click();
      await expect(page).toHaveURL(/error=access_denied&.*state=the-state$/);
    });
  });
}

test('the keyboard is enough: Tab, the password, Enter', async ({ page, baseURL }) => {
  await page.goto(authorizeUrl(baseURL, { login_hint: 'linus@hey.test' }));
  await page.getByLabel('E-mail address').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.type('password');
  await page.keyboard.press('Enter');
  await expectSignedIn(page);
});

test('a wrong password is said at once, and the address stays', async ({
  page,
  baseURL,
  guard,
}) => {
  guard.allow(/400/);
  await page.goto(authorizeUrl(baseURL));
  await page.getByLabel('E-mail address').fill('ada@acme.test');
  await page.getByLabel('Password').fill('nonsense');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert')).toHaveText('The e-mail address or the password is wrong.');
  await expect(page.getByLabel('E-mail address')).toHaveValue('ada@acme.test');
  // And is still said to who comes back to it.
  await page.getByLabel('Password').fill('password');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expectSignedIn(page);
  await page.goBack();
  await expect(page.getByRole('alert')).toHaveText('The e-mail address or the password is wrong.');
});

test('the Back button leads back, and to another person', async ({ page, baseURL }) => {
  await page.goto(authorizeUrl(baseURL));
  await page.getByRole('button', { name: 'Grace Hopper' }).click();
  await expect(page).toHaveURL(/\/authkit\/organization/);
  await page.goBack();
  await page.getByRole('button', { name: 'Linus Torvalds' }).click();
  await expectSignedIn(page);
});

test('no page can show the sign-in page in a frame', async ({ page, baseURL, guard }) => {
  guard.allow(/frame-ancestors|400/);
  await page.goto('/health');
  const refused = page.waitForEvent('console', (message) =>
    message.text().includes('frame-ancestors'),
  );
  await page.setContent(`<iframe src="${baseURL}/authkit/sign-in"></iframe>`);
  await refused;
  await expect(page.frameLocator('iframe').getByRole('heading')).toHaveCount(0);
});
