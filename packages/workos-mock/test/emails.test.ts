import { expect, test } from '../src/vitest.ts';
import { sdk } from './sdk.ts';

test('what version 7 of the Node SDK sends is in the inbox: a code, and a token for a new password', async ({
  workos,
}) => {
  const post = (path: string, body: object) =>
    fetch(new URL(path, workos.url), {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_default', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const email = 'ada@acme.test';
  const code = await post('/user_management/magic_auth/send', { email });
  expect(code.status).toBe(200);
  // The answer of an endpoint that sends an e-mail must not be a way around the e-mail.
  expect(await code.json()).toEqual({});
  const passwordReset = { email, password_reset_url: 'https://app.example.com/reset' };
  expect((await post('/user_management/password_reset/send', passwordReset)).status).toBe(200);
  const nobody = { ...passwordReset, email: 'nobody@acme.test' };
  expect((await post('/user_management/password_reset/send', nobody)).status).toBe(404);
  expect((await post('/user_management/password_reset/send', { email })).status).toBe(422);

  const [first, second, ...more] = await workos.inbox({ email });
  expect(more).toEqual([]);
  const { userManagement } = sdk(workos);
  const { user } = await userManagement.authenticateWithMagicAuth({ email, code: first!.secret });
  expect(user.email).toBe(email);
  await userManagement.resetPassword({ token: second!.secret, newPassword: 'another-password' });
  await userManagement.authenticateWithPassword({ email, password: 'another-password' });
  expect(await workos.inbox({ email: 'grace@acme.test' })).toEqual([]);
});

test('a link to the Admin Portal and a token for the widgets', async ({ workos }) => {
  const { adminPortal, widgets } = sdk(workos);
  const { link } = await adminPortal.generateLink({ organization: 'org_acme', intent: 'sso' });
  expect(link).toMatch(new RegExp(`^${workos.url}/`));
  await expect(
    adminPortal.generateLink({ organization: 'org_missing', intent: 'sso' }),
  ).rejects.toMatchObject({ status: 404 });
  const { token } = await widgets.createToken({ organizationId: 'org_acme', userId: 'user_ada' });
  expect(token).toMatch(/^\w{40}$/);
  await expect(
    widgets.createToken({ organizationId: 'org_acme', userId: 'user_missing' }),
  ).rejects.toMatchObject({ status: 404 });
});
