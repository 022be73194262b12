import { expect, test } from 'workos-mock/vitest';
import { createStage, runChange } from '../run-change.ts';
import { mfa } from './change.ts';
import * as v11 from './v11.ts';

test('migrate/mfa: the same code is right under every name', async ({ workos }) => {
  const outcomes = await runChange(mfa, workos);
  expect(outcomes.map(({ result }) => result)).toEqual([true, true, true]);
  expect(outcomes.map(({ wire }) => wire.at(-1))).toEqual(
    Array.from({ length: 3 }, () => 'POST /auth/challenges/:id/verify {code}'),
  );
});

test('migrate/mfa: a wrong code is an answer, not an error', async ({ workos }) => {
  expect(await v11.enrollApp(createStage(workos).v11, 'ada@acme.test', () => '000000')).toBe(false);
});

test('migrate/mfa: verifyFactor is gone with 8, workos.mfa with 9', async ({ workos }) => {
  const { v7, v8, v11 } = createStage(workos);
  expect('verifyFactor' in v7.mfa && 'verifyChallenge' in v7.mfa).toBe(true);
  expect('verifyFactor' in v8.mfa).toBe(false);
  expect('mfa' in v11).toBe(false);
  expect('enrollAuthFactor' in v8.userManagement).toBe(true);
  expect('enrollAuthFactor' in v11.userManagement).toBe(false);
});

test('migrate/mfa: the factors of users are the same at their new place', async ({ workos }) => {
  const { v8, v11 } = createStage(workos);
  const userId = 'user_ada';
  const { authenticationFactor } = await v8.userManagement.enrollAuthFactor({
    userId,
    type: 'totp',
  });
  const { data } = await v11.multiFactorAuth.listUserAuthFactors({ userId });
  expect(data.map(({ id }) => id)).toEqual([authenticationFactor.id]);
});
