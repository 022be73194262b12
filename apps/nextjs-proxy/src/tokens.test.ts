import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { sealData, unsealData } from 'iron-session';
import { afterEach, beforeEach, vi } from 'vitest';
import { expect, test, type TestMock } from 'workos-mock/vitest';
import { handedOn, visit } from '../test/visit';

const AUTHENTICATE = 'POST /user_management/authenticate';
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
};

test.for(Object.entries(FORGERIES))(
  'nextjs/middleware-to-proxy: even well sealed, a token with %s reaches no page [attack/forged-token]',
  async ([, forge], { workos }) => {
    const ada = await workos.signIn({ email: 'ada@acme.test' });
    const session = await unsealData<object>(ada.cookies['wos-session'] ?? '', { password });
    const [header, payload, signature = ''] = ada.accessToken.split('.');
    const accessToken = await forge(
      { header: decode(header), payload: decode(payload), signature },
      workos,
    );
    const forged = await sealData(
      { ...session, accessToken, refreshToken: 'forged' },
      { password, ttl: 0 },
    );
    const response = await visit('/account', { 'wos-session': forged });
    expect(response).toRedirectToAuthKit();
    expect(handedOn(response)).not.toHaveProperty('x-workos-session');
  },
);

test('nextjs/middleware-to-proxy: after a key rotation new tokens count at once, old ones until they expire [fault/key-rotation]', async ({
  workos,
}) => {
  const before = await workos.signIn({ email: 'ada@acme.test' });
  await visit('/account', before.cookies);
  await workos.rotateKeys();
  // jose asks for keys again half a minute after it last did.
  await workos.clock.advance({ minutes: 1 });
  const after = await workos.signIn({ email: 'grace@acme.test' });
  for (const { cookies } of [before, after]) {
    const response = await visit('/account', cookies);
    expect(handedOn(response)['x-workos-session']).toBe(cookies['wos-session']);
  }
  expect(await workos.requests({ endpoint: AUTHENTICATE })).toEqual([]);
});

test('nextjs/middleware-to-proxy: within half a minute of the last look at the keys, a new token costs a refresh and no sign-in [fault/key-rotation]', async ({
  workos,
}) => {
  const before = await workos.signIn({ email: 'ada@acme.test' });
  await visit('/account', before.cookies);
  await workos.rotateKeys();
  const after = await workos.signIn({ email: 'grace@acme.test' });
  const response = await visit('/account', after.cookies);
  expect(response).not.toRedirectToAuthKit();
  expect(handedOn(response)).toHaveProperty('x-workos-session');
});

test('nextjs/middleware-to-proxy: a cold start without keys signs nobody out [fault/jwks-down]', async ({
  workos,
}) => {
  vi.resetModules();
  const cold = await import('../test/visit');
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  await workos.failNext('GET /sso/jwks/:clientId', { status: 503 }, { times: 10 });
  const response = await cold.visit('/account', ada.cookies);
  // A token that cannot be verified is refreshed, and what WorkOS itself has just sent is believed.
  expect(response.headers.get('x-middleware-next')).toBe('1');
  expect(response.headers.getSetCookie().join()).not.toMatch(/wos-session=;/);
});
