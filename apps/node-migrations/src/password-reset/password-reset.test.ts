import { expect, test } from 'workos-mock/vitest';
import { createStage, runChange } from '../run-change.ts';
import { passwordReset } from './change.ts';

test('migrate/password-reset: the link is good for a new password, by another endpoint', async ({
  workos,
}) => {
  const outcomes = await runChange(passwordReset, workos);
  expect(outcomes.map(({ result }) => result)).toEqual(['user_ada', 'user_ada', 'user_ada']);
  expect(outcomes.map(({ wire }) => wire[0])).toEqual([
    'POST /user_management/password_reset/send {email, password_reset_url}',
    'POST /user_management/password_reset {email}',
    'POST /user_management/password_reset {email}',
  ]);
});

test('migrate/password-reset: the old name is gone, the new one was there before', async ({
  workos,
}) => {
  const { v7, v8, v11 } = createStage(workos);
  expect('sendPasswordResetEmail' in v7.userManagement).toBe(true);
  expect('sendPasswordResetEmail' in v8.userManagement).toBe(false);
  expect('sendPasswordResetEmail' in v11.userManagement).toBe(false);
  expect('createPasswordReset' in v7.userManagement).toBe(true);
});

test('migrate/password-reset: the new answer holds the token, the old one nothing', async ({
  workos,
}) => {
  const { v7, v11 } = createStage(workos);
  const email = 'ada@acme.test';
  const passwordResetUrl = 'https://app.example.com/reset-password';
  const sent = v7.userManagement.sendPasswordResetEmail({ email, passwordResetUrl });
  expect(await sent).toBeUndefined();
  const created = await v11.userManagement.createPasswordReset({ email });
  expect(created.passwordResetUrl).toContain(created.passwordResetToken);
});
