import { decodeJwt } from 'jose';
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
