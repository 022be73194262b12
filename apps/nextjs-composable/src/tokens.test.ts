import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { sealData, unsealData } from 'iron-session';
import { afterEach, beforeEach, vi } from 'vitest';
import { createWorkosMock, defaultSeed, type SignedIn, type SignInOptions } from 'workos-mock';
import { expect, test, type TestMock } from 'workos-mock/vitest';
import { handedOn, visit } from '../test/visit';

const AUTHENTICATE = 'POST /user_management/authenticate';
const JWKS = 'GET /sso/jwks/:clientId';
const password = process.env.WORKOS_COOKIE_PASSWORD ?? '';

beforeEach(() => {
  vi.spyOn(console, 'info').mockImplementation(() => {});
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const decode = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString());

interface Token {
  header: Record<string, unknown>;
  payload: Record<string, unknown>;
  signature: string;
}

/** The key that the mock signs with, as everybody can read it. */
async function publicKey(workos: TestMock): Promise<string> {
  const { keys } = (await (await fetch(`${workos.url}/sso/jwks/client_mock`)).json()) as {
    keys: Record<string, string>[];
  };
  return createPublicKey({ key: keys[0] ?? {}, format: 'jwk' })
    .export({ type: 'spki', format: 'pem' })
    .toString();
}

/** What a forger makes of a real token. */
const FORGERIES: Record<string, (token: Token, workos: TestMock) => string | Promise<string>> = {
  'alg: none': ({ header, payload }) => `${encode({ ...header, alg: 'none' })}.${encode(payload)}.`,
  'HS256 with the public key': async ({ header, payload }, workos) => {
    const text = `${encode({ ...header, alg: 'HS256' })}.${encode(payload)}`;
    const mac = createHmac('sha256', await publicKey(workos)).update(text);
    return `${text}.${mac.digest('base64url')}`;
  },
  'another key with the same kid': ({ header, payload }) => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const text = `${encode(header)}.${encode(payload)}`;
    return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
  },
  'an unknown kid': ({ header, payload, signature }) =>
    `${encode({ ...header, kid: 'unknown' })}.${encode(payload)}.${signature}`,
  'another role': ({ header, payload, signature }) =>
    `${encode(header)}.${encode({ ...payload, role: 'owner' })}.${signature}`,
  'another organization': ({ header, payload, signature }) =>
    `${encode(header)}.${encode({ ...payload, org_id: 'org_globex' })}.${signature}`,
  'a later expiry': ({ header, payload, signature }) =>
    `${encode(header)}.${encode({ ...payload, exp: 9_999_999_999 })}.${signature}`,
  'no signature': ({ header, payload }) => `${encode(header)}.${encode(payload)}.`,
  'claims without end': ({ header, payload, signature }) =>
    `${encode(header)}.${encode({ ...payload, more: 'x'.repeat(100_000) })}.${signature}`,
  'no token in it': () => 'a.b.c',
  'nothing in it': () => '',
  // This one WorkOS itself has signed.
  'a time before which it does not count': async (_token, workos) => {
    await workos.reset({ ...defaultSeed, jwtTemplate: { nbf: 9_999_999_999 } });
    return (await workos.signIn({ email: 'ada@acme.test' })).accessToken;
  },
};

/** A session that is well sealed and has such a token in it. */
async function seal(
  { cookies, accessToken }: SignedIn,
  forge: (typeof FORGERIES)[string],
  workos: TestMock,
  refreshToken = 'forged',
): Promise<string> {
  const session = await unsealData<object>(cookies['wos-session'] ?? '', { password });
  const [header, payload, signature = ''] = accessToken.split('.');
  const token = { header: decode(header), payload: decode(payload), signature };
  const forged = { ...session, accessToken: await forge(token, workos), refreshToken };
  return sealData(forged, { password, ttl: 0 });
}

test.for(Object.entries(FORGERIES))(
  'nextjs/composable-proxy: even well sealed, a token with %s reaches no page [attack/forged-token]',
  async ([, forge], { workos }) => {
    const ada = await workos.signIn({ email: 'ada@acme.test' });
    const forged = await seal(ada, forge, workos);
    for (const path of ['/en/account', '/t/org_acme', '/t/org_globex']) {
      const response = await visit(path, { 'wos-session': forged });
      expect(response, path).toRedirectToAuthKit();
      expect(handedOn(response)).not.toHaveProperty('x-workos-session');
    }
  },
);

/** Tokens that WorkOS has signed with the same keys, for somebody else. */
const FOREIGN: Record<string, (workos: TestMock, options: SignInOptions) => Promise<SignedIn>> = {
  'another issuer': (_workos, options) => createWorkosMock().signIn(options),
  'another client': async (workos, options) => {
    await workos.reset({ ...defaultSeed, clientId: 'client_two' });
    return workos.signIn(options);
  },
};

test.for(Object.entries(FOREIGN))(
  'nextjs/composable-proxy: a session with a token of %s counts, for the SDK asks for neither: the seal alone keeps others out [attack/forged-token]',
  async ([, signIn], { workos }) => {
    const email = 'ada@acme.test';
    const here = await visit('/en/account', (await workos.signIn({ email })).cookies);
    expect(handedOn(here)).toHaveProperty('x-workos-session');
    const { cookies, accessToken } = await signIn(workos, { email });
    const { iss, client_id: client } = decode(accessToken.split('.')[1]);
    expect(`${iss} ${client}`).not.toBe(`${workos.url}/user_management/client_mock client_mock`);
    // When this fails the SDK has begun to ask, and the case belongs into the table above.
    const sealedHere = await visit('/en/account', cookies);
    expect(handedOn(sealedHere)['x-workos-session']).toBe(cookies['wos-session']);
    const cookiePassword = 'the-password-of-some-other-app!!';
    const elsewhere = await signIn(workos, { email, cookiePassword });
    expect(await visit('/en/account', elsewhere.cookies)).toRedirectToAuthKit();
  },
);

test('nextjs/composable-proxy: after a key rotation new tokens count at once, old ones until they expire [fault/key-rotation]', async ({
  workos,
}) => {
  const before = await workos.signIn({ email: 'ada@acme.test' });
  await visit('/en/account', before.cookies);
  await workos.rotateKeys();
  // jose asks for keys again half a minute after it last did.
  await workos.clock.advance({ minutes: 1 });
  const after = await workos.signIn({ email: 'grace@acme.test' });
  for (const { cookies } of [before, after]) {
    const response = await visit('/en/account', cookies);
    expect(handedOn(response)['x-workos-session']).toBe(cookies['wos-session']);
  }
  expect(await workos.requests({ endpoint: AUTHENTICATE })).toEqual([]);
});

test('nextjs/composable-proxy: within half a minute of the last look at the keys, a new token costs a refresh and no sign-in [fault/key-rotation]', async ({
  workos,
}) => {
  const before = await workos.signIn({ email: 'ada@acme.test' });
  await visit('/en/account', before.cookies);
  await workos.rotateKeys();
  const after = await workos.signIn({ email: 'grace@acme.test' });
  const response = await visit('/en/account', after.cookies);
  expect(response).not.toRedirectToAuthKit();
  expect(handedOn(response)).toHaveProperty('x-workos-session');
});

test('nextjs/composable-proxy: a cold start without keys signs nobody out [fault/jwks-down]', async ({
  workos,
}) => {
  vi.resetModules();
  const { default: cold } = await import('./proxy');
  const { NextRequest } = await import('next/server');
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  await workos.failNext(JWKS, { status: 503 }, { times: 10 });
  const response = await cold(
    new NextRequest('http://localhost:3000/en/account', {
      headers: { accept: 'text/html', cookie: `wos-session=${ada.cookies['wos-session']}` },
    }),
  );
  // A token that cannot be verified is refreshed, and what WorkOS itself has just sent is believed.
  expect(response.headers.get('x-middleware-next')).toBe('1');
  expect(response.headers.getSetCookie().join()).not.toMatch(/wos-session=;/);
});

test('nextjs/composable-proxy: without keys no forgery gets in, and of a session that WorkOS renews only what WorkOS says [attack/forged-token] [fault/jwks-down]', async ({
  workos,
}) => {
  const forgeries: [what: string, sealed: string][] = [];
  for (const [what, forge] of Object.entries(FORGERIES)) {
    const ada = await workos.signIn({ email: 'ada@acme.test' });
    forgeries.push([what, await seal(ada, forge, workos)]);
  }
  vi.resetModules();
  const cold = await import('../test/visit');
  await workos.failNext(JWKS, { status: 503 }, { times: 100 });
  for (const [what, sealed] of forgeries) {
    const response = await cold.visit('/en/account', { 'wos-session': sealed });
    expect(response.headers.get('x-middleware-next'), what).toBeNull();
    expect(handedOn(response), what).not.toHaveProperty('x-workos-session');
  }
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  const forgery = FORGERIES['another role']!;
  const response = await cold.visit('/en/account', {
    'wos-session': await seal(ada, forgery, workos, ada.refreshToken),
  });
  const renewed = await unsealData<{ accessToken: string }>(
    handedOn(response)['x-workos-session'] ?? '',
    { password },
  );
  expect(decode(renewed.accessToken.split('.')[1])).toMatchObject({ role: 'admin' });
});
