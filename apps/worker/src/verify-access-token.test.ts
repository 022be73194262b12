import { exportSPKI, generateKeyPair, importJWK, type JWK, SignJWT, UnsecuredJWT } from 'jose';
import { env } from 'cloudflare:workers';
import { expect, test } from '../test/workos';
import { verifyAccessToken } from './verify-access-token';

const issuer = 'http://localhost:4100/user_management/client_mock';
const keys = 'http://localhost:4100/sso/jwks/client_mock';
const claims = {
  sub: 'user_ada',
  sid: 'session_forged',
  client_id: 'client_mock',
  org_id: 'org_acme',
};
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
const JWKS = 'GET /sso/jwks/:clientId';

/** An environment whose keys nobody has asked for yet. */
let cold = 0;
const coldEnv = (): Env => ({ ...env, WORKOS_API_HOSTNAME: `cold-${cold++}.localhost` });

async function realKey(): Promise<JWK> {
  const response = await fetch(keys);
  return (await response.json<{ keys: JWK[] }>()).keys[0]!;
}

test('node/verify-access-token: once the keys are cached a request costs no call to WorkOS', async ({
  worker,
  workos,
}) => {
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  await worker('/api/me', { headers: ada.headers });
  await workos.clearRequests();
  for (let i = 0; i < 10; i++) {
    const response = await worker('/api/me', { headers: ada.headers });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      via: 'token',
      userId: 'user_ada',
      organizationId: 'org_acme',
      role: 'admin',
      permissions: ['posts:read', 'posts:write', 'users:manage'],
    });
  }
  expect(await workos.requests()).toEqual([]);
});

test('node/verify-access-token: forged tokens are refused [attack/forged-token]', async ({
  worker,
  workos,
}) => {
  const { kid = '', alg = 'RS256', ...publicKey } = await realKey();
  const { privateKey } = await generateKeyPair('RS256');
  const sign = (header: object = {}, payload: object = {}, iss = issuer) =>
    new SignJWT({ ...claims, ...payload })
      .setProtectedHeader({ alg, kid, ...header })
      .setIssuer(iss)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey);
  // The public key as a shared secret: the confusion of RS256 and HS256.
  const pem = await exportSPKI((await importJWK({ ...publicKey, alg })) as CryptoKey);
  const { accessToken } = await workos.signIn({ email: 'ada@acme.test' });
  const [header = '', payload = '', signature = ''] = accessToken.split('.');
  const swapped = btoa(atob(payload).replace('posts:read', 'users:all!')).replaceAll('=', '');
  const forged = {
    'alg: none': new UnsecuredJWT(claims).setIssuer(issuer).setExpirationTime('5m').encode(),
    'HS256 with the public key': await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid })
      .setIssuer(issuer)
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(pem)),
    'another key with the same kid': await sign(),
    'an unknown kid': await sign({ kid: 'unknown' }),
    'no kid': await sign({ kid: undefined }),
    'a changed payload': `${header}.${swapped}.${signature}`,
    'a cut signature': `${header}.${payload}.${signature.slice(0, -4)}`,
    'no signature': `${header}.${payload}.`,
    oversized: `${header}.${payload.repeat(60)}.${signature}`,
    'not a token': 'eyJhbGciOiJub25lIn0',
  };
  for (const [what, token] of Object.entries(forged)) {
    const response = await worker('/api/me', bearer(token));
    expect(response.status, what).toBe(401);
    expect(response.headers.get('www-authenticate'), what).toContain('error="invalid_token"');
    expect(await response.json(), what).toMatchObject({ error: 'invalid_token' });
  }
});

test('node/verify-access-token: a token for another client or from another issuer is refused [attack/forged-token]', async ({
  workos,
}) => {
  const { accessToken } = await workos.signIn({ email: 'ada@acme.test' });
  await expect(verifyAccessToken(accessToken, env)).resolves.toMatchObject({ sub: 'user_ada' });
  // The same keys, and yet not the issuer that this Worker trusts.
  const other = { ...env, WORKOS_API_HOSTNAME: 'another.localhost' };
  await expect(verifyAccessToken(accessToken, other)).rejects.toMatchObject({
    status: 401,
    message: 'The access token has an unexpected claim: iss',
  });
  await expect(
    verifyAccessToken(accessToken, {
      ...other,
      WORKOS_ISSUERS: `https://auth.example.com, ${issuer}`,
    }),
  ).resolves.toMatchObject({ sub: 'user_ada' });
  await workos.reset({ clientId: 'client_two', users: [{ email: 'ada@acme.test' }] });
  const two = await workos.signIn({ email: 'ada@acme.test' });
  const trusting = { ...env, WORKOS_ISSUERS: issuer.replace('client_mock', 'client_two') };
  await expect(verifyAccessToken(two.accessToken, trusting)).rejects.toMatchObject({
    status: 401,
    message: 'The access token has an unexpected claim: client_id',
  });
});

test('node/verify-access-token: an expired token says so, and a clock five seconds off does no harm [attack/forged-token]', async ({
  worker,
  workos,
}) => {
  const old = await workos.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
  const expired = await worker('/api/me', { headers: old.headers });
  expect(expired.status).toBe(401);
  expect(expired.headers.get('www-authenticate')).toBe(
    'Bearer realm="worker", error="invalid_token", error_description="The access token has expired"',
  );
  const skewed = await workos.signIn({ email: 'ada@acme.test', tokenAge: { seconds: 302 } });
  expect((await worker('/api/me', { headers: skewed.headers })).status).toBe(200);
});

test('node/verify-access-token: no credential, a wrong scheme and a malformed header are told apart', async ({
  worker,
}) => {
  const missing = await worker('/api/me');
  expect(missing.status).toBe(401);
  expect(missing.headers.get('www-authenticate')).toBe('Bearer realm="worker"');
  expect(await missing.json()).toMatchObject({ error: 'unauthenticated' });
  const basic = await worker('/api/me', { headers: { authorization: 'Basic YWRhOnBhc3N3b3Jk' } });
  expect(basic.status).toBe(401);
  for (const authorization of ['Bearer', 'Bearer a b']) {
    const malformed = await worker('/api/me', { headers: { authorization } });
    expect(malformed.status).toBe(400);
    expect(await malformed.json()).toMatchObject({ error: 'invalid_request' });
  }
});

test('node/verify-access-token: a new key is accepted at once, tokens of the old one until they expire [fault/key-rotation]', async ({
  worker,
  workos,
}) => {
  const before = await workos.signIn({ email: 'ada@acme.test' });
  expect((await worker('/api/me', { headers: before.headers })).status).toBe(200);
  await workos.clock.advance({ seconds: 2 });
  await workos.rotateKeys();
  const after = await workos.signIn({ email: 'ada@acme.test' });
  expect((await worker('/api/me', { headers: after.headers })).status).toBe(200);
  expect((await worker('/api/me', { headers: before.headers })).status).toBe(200);
});

test('node/verify-access-token: tokens with made-up keys do not make this Worker ask WorkOS each time [attack/forged-token]', async ({
  worker,
  workos,
}) => {
  const { privateKey } = await generateKeyPair('RS256');
  await workos.clock.advance({ seconds: 2 });
  for (let i = 0; i < 20; i++) {
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: `made-up-${i}` })
      .setIssuer(issuer)
      .setExpirationTime('5m')
      .sign(privateKey);
    expect((await worker('/api/me', bearer(token))).status).toBe(401);
  }
  expect((await workos.requests({ endpoint: JWKS })).length).toBeLessThanOrEqual(1);
});

test('node/verify-access-token: while the keys are out of reach, known ones go on serving [fault/jwks-down]', async ({
  worker,
  workos,
}) => {
  const { headers } = await workos.signIn({ email: 'ada@acme.test' });
  expect((await worker('/api/me', { headers })).status).toBe(200);
  // Later than the ten minutes for which keys are taken as fresh.
  await workos.clock.advance({ minutes: 11 });
  const later = await workos.signIn({ email: 'ada@acme.test' });
  await workos.failNext(JWKS, { status: 500 });
  expect((await worker('/api/me', { headers: later.headers })).status).toBe(200);
  // And WorkOS is left alone for a moment rather than asked by every request.
  await workos.clearRequests();
  expect((await worker('/api/me', { headers: later.headers })).status).toBe(200);
  expect(await workos.requests()).toEqual([]);
  // A key that this Worker has not seen may be real: nobody is told that their token is bad.
  await workos.rotateKeys();
  const unseen = await workos.signIn({ email: 'ada@acme.test' });
  expect((await worker('/api/me', { headers: unseen.headers })).status).toBe(503);
  await workos.clock.advance({ seconds: 11 });
  expect((await worker('/api/me', { headers: unseen.headers })).status).toBe(200);
});

test('node/verify-access-token: a cold start without keys answers 503, not 401, and lets nobody in [fault/jwks-down]', async ({
  workos,
}) => {
  const { accessToken } = await workos.signIn({ email: 'ada@acme.test' });
  const faults = {
    'a server error': () => workos.failNext(JWKS, { status: 500 }),
    'too many requests': () =>
      workos.failNext(JWKS, { status: 429, headers: { 'retry-after': '1' } }),
    'an HTML page': () => workos.garbleNext(JWKS, 'html'),
    'half an answer': () => workos.garbleNext(JWKS, 'truncated'),
    'an empty answer': () => workos.garbleNext(JWKS, 'empty'),
    'a cut connection': () => workos.dropNext(JWKS),
  };
  for (const [what, strike] of Object.entries(faults)) {
    const environment = coldEnv();
    await strike();
    await expect(verifyAccessToken(accessToken, environment), what).rejects.toMatchObject({
      status: 503,
      headers: { 'retry-after': '5' },
    });
  }
});
