import { expect, test } from 'vitest';
import { challengeOf } from '../src/authorization.ts';
import { createWorkosMock, type WorkosMock } from '../src/mock.ts';
import { send } from './raw.ts';

const redirectUri = 'http://localhost:3000/callback';
const verifier = 'v'.repeat(43);
const secret = 'sk_test_default';

/** Signs Ada in as far as the code, which somebody else then gets hold of. */
async function codeFor(mock: WorkosMock, query: Record<string, string> = {}): Promise<string> {
  const params = new URLSearchParams({
    client_id: 'client_mock',
    redirect_uri: redirectUri,
    response_type: 'code',
    provider: 'authkit',
    login_hint: 'ada@acme.test',
    ...query,
  });
  const { headers } = await send(mock, { ask: `GET /user_management/authorize?${params}` });
  const code = new URL(headers.get('location')!).searchParams.get('code');
  expect(code).toBeTruthy();
  return code!;
}

const challenged = async () => ({
  code_challenge: await challengeOf(verifier),
  code_challenge_method: 'S256',
});

const exchange = (mock: WorkosMock, body: Record<string, string>) =>
  send(mock, {
    ask: 'POST /user_management/authenticate',
    body: { client_id: 'client_mock', grant_type: 'authorization_code', ...body },
  });

interface Theft {
  how: string;
  /** Whether the code was asked for with a challenge. */
  pkce: boolean;
  /** What is sent along with the code. */
  with: Record<string, string>;
  error: string;
}

const THEFTS: Theft[] = [
  { how: 'no verifier, no secret', pkce: true, with: {}, error: 'invalid_grant' },
  {
    how: 'no verifier, the secret',
    pkce: true,
    with: { client_secret: secret },
    error: 'invalid_grant',
  },
  { how: 'an empty verifier', pkce: true, with: { code_verifier: '' }, error: 'invalid_grant' },
  {
    how: 'another verifier',
    pkce: true,
    with: { code_verifier: 'x'.repeat(43) },
    error: 'invalid_grant',
  },
  {
    how: 'another verifier and the secret',
    pkce: true,
    with: { code_verifier: 'x'.repeat(43), client_secret: secret },
    error: 'invalid_grant',
  },
  { how: 'no PKCE and no secret', pkce: false, with: {}, error: 'invalid_grant' },
  {
    how: 'a verifier that was not asked for',
    pkce: false,
    with: { code_verifier: verifier, client_secret: secret },
    error: 'invalid_grant',
  },
  {
    how: 'another client',
    pkce: true,
    with: { client_id: 'client_other', code_verifier: verifier },
    error: 'invalid_client',
  },
  {
    how: 'a wrong secret',
    pkce: true,
    with: { client_secret: 'sk_wrong', code_verifier: verifier },
    error: 'invalid_client',
  },
  {
    how: 'the grant of a refresh token',
    pkce: true,
    with: { grant_type: 'refresh_token', refresh_token: 'CODE' },
    error: 'invalid_grant',
  },
];

test.for(THEFTS)('a code with $how is refused [attack/code-theft]', async (theft) => {
  const mock = createWorkosMock();
  const code = await codeFor(mock, theft.pkce ? await challenged() : {});
  const fields = Object.entries(theft.with).map(([key, value]) => [
    key,
    value === 'CODE' ? code : value,
  ]);
  const answer = await exchange(mock, { code, ...Object.fromEntries(fields) });
  expect(answer).toMatchObject({ status: 400, json: { error: theft.error } });
  expect(answer.text).not.toContain('eyJ');
});

test('the challenge itself is no verifier [attack/code-theft]', async () => {
  const mock = createWorkosMock();
  const pkce = await challenged();
  const code = await codeFor(mock, pkce);
  const answer = await exchange(mock, { code, code_verifier: pkce.code_challenge });
  expect(answer).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
});

test('who comes second gets nothing, whoever came first [attack/code-theft]', async () => {
  const mock = createWorkosMock();
  const code = await codeFor(mock, await challenged());
  const right = { code, code_verifier: verifier };
  expect((await exchange(mock, right)).status).toBe(200);
  expect(await exchange(mock, right)).toMatchObject({ status: 400 });
  // A thief who guesses uses the code up as well.
  const guessed = await codeFor(mock, await challenged());
  await exchange(mock, { code: guessed, code_verifier: 'x'.repeat(43) });
  expect(await exchange(mock, { code: guessed, code_verifier: verifier })).toMatchObject({
    status: 400,
    json: { error: 'invalid_grant' },
  });
});

test('of many exchanges at once one succeeds [attack/code-theft]', async () => {
  const mock = createWorkosMock();
  const code = await codeFor(mock, await challenged());
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => exchange(mock, { code, code_verifier: verifier })),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

/** Ways to ask for a code that a stolen one could be redeemed for. */
const DOWNGRADES: [how: string, query: Record<string, string>][] = [
  ['plain', { code_challenge: verifier, code_challenge_method: 'plain' }],
  ['no method', { code_challenge: verifier }],
  ['a method alone', { code_challenge_method: 'S256' }],
  ['a challenge too short', { code_challenge: 'short', code_challenge_method: 'S256' }],
  ['the method in lower case', { code_challenge: verifier, code_challenge_method: 's256' }],
];

test.for(DOWNGRADES)(
  'a challenge with %s is not accepted [attack/code-theft]',
  async ([, query]) => {
    const params = new URLSearchParams({
      client_id: 'client_mock',
      redirect_uri: redirectUri,
      response_type: 'code',
      provider: 'authkit',
      login_hint: 'ada@acme.test',
      ...query,
    });
    const ask = `GET /user_management/authorize?${params}`;
    const { status, headers } = await send(createWorkosMock(), { ask });
    expect([status, headers.get('location')]).toEqual([400, null]);
  },
);

test('a refresh token that was exchanged is refused after the grace [attack/code-theft]', async () => {
  const mock = createWorkosMock();
  const { refreshToken } = await mock.signIn({ email: 'ada@acme.test' });
  const refresh = (token: string) =>
    exchange(mock, { grant_type: 'refresh_token', refresh_token: token });
  const { json } = await refresh(refreshToken);
  await mock.clock.advance({ seconds: 10 });
  expect(await refresh(refreshToken)).toMatchObject({
    status: 400,
    json: { error: 'invalid_grant', error_description: 'Refresh token already exchanged.' },
  });
  expect((await refresh(String(json.refresh_token))).status).toBe(200);
});

test('a code of the SSO API is no code of AuthKit, and the reverse [attack/code-theft]', async () => {
  const mock = createWorkosMock();
  const code = await codeFor(mock);
  const sso = await send(mock, {
    ask: 'POST /sso/token',
    body: {
      client_id: 'client_mock',
      client_secret: secret,
      grant_type: 'authorization_code',
      code,
    },
  });
  expect(sso).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
  const params = new URLSearchParams({
    client_id: 'client_mock',
    redirect_uri: redirectUri,
    response_type: 'code',
    connection: 'conn_acme',
    login_hint: 'ada@acme.test',
  });
  const { headers } = await send(mock, { ask: `GET /sso/authorize?${params}` });
  const ssoCode = new URL(headers.get('location')!).searchParams.get('code')!;
  expect(await exchange(mock, { code: ssoCode, client_secret: secret })).toMatchObject({
    status: 400,
    json: { error: 'invalid_grant' },
  });
});
