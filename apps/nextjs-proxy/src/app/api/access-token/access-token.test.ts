import { decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, onTestFinished, vi } from 'vitest';
import { createWorkosMock } from 'workos-mock';
import { expect, test } from 'workos-mock/vitest';

const JWKS = 'GET /sso/jwks/:clientId';

// The keys are kept for the life of the server: each test has one that has not seen any.
afterEach(() => vi.resetModules());

async function ask(token: string): Promise<number> {
  const { GET } = await import('./route');
  const headers = { authorization: `Bearer ${token}` };
  return (await GET(new Request('http://localhost:3000/api/access-token', { headers }))).status;
}

test('nextjs/use-access-token: a live token is taken, a foreign one is not', async ({ workos }) => {
  const { accessToken } = await workos.signIn({ email: 'ada@acme.test' });
  expect(await ask(accessToken)).toBe(200);
  const stranger = await createWorkosMock().signIn({ email: 'ada@acme.test' });
  expect(await ask(stranger.accessToken)).toBe(401);
  expect(await ask('')).toBe(401);
});

test('nextjs/use-access-token: what is forged or too old is refused, with keys and without [attack/forged-token]', async ({
  workos,
}) => {
  const { accessToken } = await workos.signIn({ email: 'ada@acme.test' });
  const old = await workos.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
  const claims = decodeJwt(accessToken);
  const { kid = '' } = decodeProtectedHeader(accessToken);
  const { privateKey } = await generateKeyPair('RS256');
  const [header, , signature] = accessToken.split('.');
  const admin = Buffer.from(JSON.stringify({ ...claims, role: 'owner' })).toString('base64url');
  const forged = {
    'no signature': new UnsecuredJWT(claims).encode(),
    'a shared secret': await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid })
      .sign(new TextEncoder().encode('a secret that everybody knows, too')),
    'another key': await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid })
      .sign(privateKey),
    'other claims': `${header}.${admin}.${signature}`,
    expired: old.accessToken,
    'no token': 'a.b.c',
    endless: 'x'.repeat(100_000),
  };
  await workos.failNext(JWKS, { status: 503 });
  expect(await ask(forged['another key'])).toBe(503);
  expect(await ask(accessToken)).toBe(200);
  for (const [what, token] of Object.entries(forged)) expect(await ask(token), what).toBe(401);
});

test('nextjs/use-access-token: a token of another client is refused, whoever issued it [attack/forged-token]', async ({
  workos,
}) => {
  const { accessToken } = await workos.signIn({ email: 'ada@acme.test' });
  expect(await ask(accessToken)).toBe(200);
  await workos.reset({ clientId: 'client_two', users: [{ email: 'ada@acme.test' }] });
  const two = await workos.signIn({ email: 'ada@acme.test' });
  vi.stubEnv('WORKOS_ISSUERS', decodeJwt(two.accessToken).iss ?? '');
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(await ask(two.accessToken)).toBe(401);
});

test.for([
  ['503', { status: 503 }],
  ['404', { status: 404 }],
] as const)(
  'nextjs/use-access-token: keys that answer %s are no reason to sign in again [fault/jwks-down]',
  async ([, answer], { workos }) => {
    const { accessToken } = await workos.signIn({ email: 'ada@acme.test' });
    await workos.failNext(JWKS, answer);
    expect(await ask(accessToken)).toBe(503);
    expect(await ask(accessToken)).toBe(200);
  },
);

test('nextjs/use-access-token: a custom authentication domain is one more issuer, once it is named', async () => {
  // Signed with the key of every mock, at another address.
  const { accessToken } = await createWorkosMock().signIn({ email: 'ada@acme.test' });
  expect(await ask(accessToken)).toBe(401);
  vi.stubEnv('WORKOS_ISSUERS', `https://auth.example.com, ${decodeJwt(accessToken).iss}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(await ask(accessToken)).toBe(200);
});
