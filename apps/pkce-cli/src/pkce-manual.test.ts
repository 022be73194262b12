import { expect, test, type TestMock } from 'workos-mock/vitest';
import { beginManualSignIn, finishManualSignIn } from './pkce-manual.ts';
import { createPublicClient } from './public-client.ts';

const redirectUri = 'http://127.0.0.1:53682/callback';

async function begin({ hostname, port }: TestMock) {
  const client = createPublicClient({
    clientId: 'client_mock',
    apiHostname: hostname,
    port,
    https: false,
  });
  const pending = await beginManualSignIn(client, redirectUri, { loginHint: 'ada@acme.test' });
  const address = (await fetch(pending.url, { redirect: 'manual' })).headers.get('location')!;
  return { client, pending, address };
}

test('node/pkce-manual: the address that the browser ended at becomes a session', async ({
  workos,
}) => {
  const { client, pending, address } = await begin(workos);
  expect(new URL(pending.url).searchParams.get('code_challenge_method')).toBe('S256');
  expect(pending.url).not.toContain(pending.codeVerifier);
  const { user } = await finishManualSignIn(client, pending, `  ${address}\n`);
  expect(user.id).toBe('user_ada');
});

test('node/pkce-manual: the code alone does too', async ({ workos }) => {
  const { client, pending, address } = await begin(workos);
  const code = new URL(address).searchParams.get('code')!;
  expect((await finishManualSignIn(client, pending, code)).user.id).toBe('user_ada');
});

test('node/pkce-manual: another sign-in’s address, its code, and nonsense are refused [attack/login-csrf]', async ({
  workos,
}) => {
  const mine = await begin(workos);
  const other = await begin(workos);
  const finish = (pasted: string) => finishManualSignIn(mine.client, mine.pending, pasted);
  await expect(finish(other.address)).rejects.toMatchObject({ failure: 'refused' });
  expect(await workos.requests({ endpoint: 'POST /user_management/authenticate' })).toEqual([]);
  await expect(finish('hello, what now?')).rejects.toMatchObject({ failure: 'usage' });
  const code = new URL(other.address).searchParams.get('code')!;
  await expect(finish(code)).rejects.toMatchObject({ failure: 'refused' });
  const cancelled = `${redirectUri}?error=access_denied&state=${mine.pending.state}`;
  await expect(finish(cancelled)).rejects.toMatchObject({ message: 'The sign-in was cancelled.' });
});
