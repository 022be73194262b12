import { expect, test } from 'workos-mock/vitest';
import { areEqual, createStage, runChange } from '../run-change.ts';
import { magicAuth } from './change.ts';

test('migrate/magic-auth: the code signs the same person in, by another endpoint', async ({
  workos,
}) => {
  const outcomes = await runChange(magicAuth, workos);
  expect(outcomes.map(({ result }) => result)).toEqual(['user_ada', 'user_ada', 'user_ada']);
  expect(areEqual(outcomes)).toBe(true);
  expect(outcomes.map(({ wire }) => wire[0])).toEqual([
    'POST /user_management/magic_auth/send {email}',
    'POST /user_management/magic_auth {email}',
    'POST /user_management/magic_auth {email}',
  ]);
});

test('migrate/magic-auth: the old name is gone, the new one was there before', async ({
  workos,
}) => {
  const { v7, v8, v11 } = createStage(workos);
  expect('sendMagicAuthCode' in v7.userManagement).toBe(true);
  expect('sendMagicAuthCode' in v8.userManagement).toBe(false);
  expect('sendMagicAuthCode' in v11.userManagement).toBe(false);
  expect('createMagicAuth' in v7.userManagement).toBe(true);
});

test('migrate/magic-auth: the new answer holds the code, the old one nothing', async ({
  workos,
}) => {
  const { v7, v11 } = createStage(workos);
  const email = 'ada@acme.test';
  expect(await v7.userManagement.sendMagicAuthCode({ email })).toBeUndefined();
  expect((await v11.userManagement.createMagicAuth({ email })).code).toMatch(/^\d{6}$/);
});
