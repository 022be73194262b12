import { expect, test } from 'workos-mock/vitest';
import { createStage, runChange } from '../run-change.ts';
import { open, pkce } from './change.ts';
import * as v11 from './v11.ts';

test('migrate/pkce: the same person is signed in, and no secret travels any more', async ({
  workos,
}) => {
  const outcomes = await runChange(pkce, workos);
  for (const { result } of outcomes) {
    expect(result).toEqual({ user: 'user_ada', organization: 'org_acme' });
  }
  const exchange = 'POST /user_management/authenticate';
  expect(outcomes.map(({ wire }) => wire.at(-1))).toEqual([
    `${exchange} {client_id, client_secret, code, code_verifier, grant_type}`,
    `${exchange} {client_id, code, code_verifier, grant_type}`,
    `${exchange} {client_id, code, code_verifier, grant_type}`,
  ]);
});

test('migrate/pkce: a callback of another sign-in is not exchanged', async ({ workos }) => {
  const { address } = createStage(workos);
  const signIn = v11.signIn(
    'client_mock',
    'http://localhost:3000/callback',
    async (url) => {
      const callback = await open(url);
      callback.set('state', 'another');
      return callback;
    },
    address,
  );
  await expect(signIn).rejects.toThrow('not of this sign-in');
  expect(await workos.requests({ endpoint: 'POST /user_management/authenticate' })).toEqual([]);
});

test('migrate/pkce: version 7 makes no challenge; from 8 on generate() answers a promise', async ({
  workos,
}) => {
  const { v7, v8, v11 } = createStage(workos);
  expect(v7).not.toHaveProperty('pkce');
  expect(v7.userManagement).not.toHaveProperty('getAuthorizationUrlWithPKCE');
  for (const { pkce } of [v8, v11]) {
    const pair = pkce.generate();
    expect(pair).toBeInstanceOf(Promise);
    expect((await pair).codeChallengeMethod).toBe('S256');
  }
});
