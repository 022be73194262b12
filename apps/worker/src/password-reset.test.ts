import { env } from 'cloudflare:workers';
import { vi } from 'vitest';
import { expect, ORIGIN, test } from '../test/workos';
import { sendPasswordReset } from './password-reset';
import { workosFor } from './workos';

const own = (body: object) => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', origin: ORIGIN },
});

test('node/password-reset: with the token from an e-mail the password is new, and the old one is worth nothing', async ({
  worker,
}) => {
  const { userManagement } = await workosFor(env);
  const { passwordResetToken: token } = await userManagement.createPasswordReset({
    email: 'ada@acme.test',
  });
  const confirm = (newPassword: string) =>
    worker('/password-reset/confirm', own({ token, newPassword }));
  expect((await confirm('short')).status).toBe(422);
  expect((await confirm('a new long password')).status).toBe(204);
  expect((await confirm('and yet another one')).status).toBe(400);
  const signIn = (password: string) =>
    userManagement.authenticateWithPassword({ email: 'ada@acme.test', password });
  await expect(signIn('password')).rejects.toMatchObject({ code: 'invalid_credentials' });
  expect((await signIn('a new long password')).user.id).toBe('user_ada');
});

test('node/password-reset: the answer does not tell whether anybody has that address', async ({
  worker,
  workos,
}) => {
  for (const email of ['ada@acme.test', 'nobody@acme.test']) {
    const response = await worker('/password-reset', own({ email }));
    expect(response.status).toBe(202);
    expect(await response.text()).toBe('');
  }
  const endpoint = 'POST /user_management/password_reset';
  await expect
    .poll(async () => (await workos.requests({ endpoint })).map(({ status }) => status).toSorted())
    .toEqual([201, 404]);
});

test('node/password-reset: a token that is made up or too old is refused', async ({
  worker,
  workos,
}) => {
  const { userManagement } = await workosFor(env);
  const { passwordResetToken } = await userManagement.createPasswordReset({
    email: 'ada@acme.test',
  });
  await workos.clock.advance({ minutes: 61 });
  for (const token of [passwordResetToken, 'made-up']) {
    const response = await worker(
      '/password-reset/confirm',
      own({ token, newPassword: 'long enough' }),
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'invalid_token' });
  }
});

test('node/password-reset: half an answer is logged without the token in it [attack/leakage]', async ({
  workos,
}) => {
  const log = vi.spyOn(console, 'error').mockReturnValue();
  await workos.garbleNext('POST /user_management/password_reset', 'truncated', { times: 2 });
  await sendPasswordReset(env, 'ada@acme.test');
  const [logged = []] = log.mock.calls;
  expect(logged.join(' ')).toContain('The password reset was not sent');
  expect(logged.filter((part) => typeof part !== 'string')).toEqual([]);
  expect(logged.join(' ')).not.toContain('password_reset_token');
  log.mockRestore();
});
