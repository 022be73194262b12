import { env } from 'cloudflare:workers';
import { Browser } from '../test/browser';
import { expect, ORIGIN, test } from '../test/workos';
import { workosFor } from './workos';

const cookiePassword = env.WORKOS_COOKIE_PASSWORD;
const own = (body?: object) => ({
  method: 'POST',
  ...(body && { body: JSON.stringify(body) }),
  headers: { accept: 'application/json', 'content-type': 'application/json', origin: ORIGIN },
});

test('node/mfa: enroll, scan, verify; and again before something that cannot be undone', async ({
  worker,
  workos,
}) => {
  const { cookies } = await workos.signIn({ email: 'ada@acme.test', cookiePassword });
  const browser = new Browser(worker, cookies);
  expect((await browser.request('/mfa/challenge', own())).status).toBe(409);
  const enrolled = await browser.request('/mfa/enroll', own());
  expect(enrolled.status).toBe(201);
  expect(await enrolled.json()).toMatchObject({
    qrCode: expect.stringMatching(/^data:image\//),
    uri: expect.stringContaining('otpauth://totp/'),
  });
  const verify = (code: string) => browser.request('/mfa/verify', own({ code }));
  const code = await workos.mfaCode('user_ada');
  expect((await verify(code === '000000' ? '111111' : '000000')).status).toBe(400);
  expect((await verify(code)).status).toBe(204);
  expect((await verify(code)).status).toBe(400);

  await workos.clock.advance({ seconds: 30 });
  expect((await browser.request('/mfa/challenge', own())).status).toBe(204);
  expect((await verify(code)).status).toBe(400);
  expect((await verify(await workos.mfaCode('user_ada'))).status).toBe(204);
});

test('node/mfa: with a stolen session nobody adds an app of their own beside the one that there is', async ({
  worker,
  workos,
}) => {
  const { cookies } = await workos.signIn({ email: 'ada@acme.test', cookiePassword });
  const browser = new Browser(worker, cookies);
  await browser.request('/mfa/enroll', own());
  // What was in the browser before the app was verified proves nothing later.
  const early = Object.fromEntries(browser.cookies);
  const code = await workos.mfaCode('user_ada');
  expect((await browser.request('/mfa/verify', own({ code }))).status).toBe(204);
  await workos.clock.advance({ seconds: 30 });
  for (const stolen of [cookies, early]) {
    const thief = new Browser(worker, stolen);
    const refused = await thief.request('/mfa/enroll', own());
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ error: 'already_enrolled' });
  }
  expect((await browser.request('/mfa/challenge', own())).status).toBe(204);
  const next = await workos.mfaCode('user_ada');
  expect((await browser.request('/mfa/verify', own({ code: next }))).status).toBe(204);
});

test('node/mfa: the app of somebody who enrolled elsewhere counts as theirs', async ({
  worker,
  workos,
}) => {
  const { cookies } = await workos.signIn({ email: 'ada@acme.test', cookiePassword });
  const { multiFactorAuth } = await workosFor(env);
  await multiFactorAuth.createUserAuthFactor({ userId: 'user_ada', type: 'totp' });
  const browser = new Browser(worker, cookies);
  expect((await browser.request('/mfa/enroll', own())).status).toBe(409);
  expect((await browser.request('/mfa/challenge', own())).status).toBe(204);
});

test('node/mfa: a page that was reloaded, here or in another browser, leaves one app', async ({
  worker,
  workos,
}) => {
  const { cookies } = await workos.signIn({ email: 'ada@acme.test', cookiePassword });
  const { multiFactorAuth, userManagement } = await workosFor(env);
  await userManagement.updateUser({ userId: 'user_ada', metadata: { theme: 'dark' } });
  let browser = new Browser(worker, cookies);
  await browser.request('/mfa/enroll', own());
  browser = new Browser(worker, cookies);
  expect((await browser.request('/mfa/enroll', own())).status).toBe(201);
  // One that waits for its first code is none to be asked for.
  expect((await new Browser(worker, cookies).request('/mfa/challenge', own())).status).toBe(409);
  const code = await workos.mfaCode('user_ada');
  expect((await browser.request('/mfa/verify', own({ code }))).status).toBe(204);
  expect((await multiFactorAuth.listUserAuthFactors({ userId: 'user_ada' })).data).toHaveLength(1);
  const { metadata } = await userManagement.getUser('user_ada');
  expect(metadata).toEqual({ theme: 'dark' });
});

test('node/mfa: an app that could not be marked is not left behind', async ({ worker, workos }) => {
  const { cookies } = await workos.signIn({ email: 'ada@acme.test', cookiePassword });
  const browser = new Browser(worker, cookies);
  await workos.failNext('PUT /user_management/users/:id', { status: 500 }, { times: 2 });
  expect((await browser.request('/mfa/enroll', own())).status).toBe(503);
  expect((await browser.request('/mfa/enroll', own())).status).toBe(201);
});

test('node/mfa: who impersonates somebody sets up no app for them', async ({ worker, workos }) => {
  const { cookies } = await workos.signIn({
    email: 'ada@acme.test',
    cookiePassword,
    impersonator: { email: 'support@workers.test', reason: 'A ticket' },
  });
  const refused = await new Browser(worker, cookies).request('/mfa/enroll', own());
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({ error: 'impersonated' });
  const { multiFactorAuth } = await workosFor(env);
  expect((await multiFactorAuth.listUserAuthFactors({ userId: 'user_ada' })).data).toEqual([]);
});

test('node/mfa: another person’s challenge proves nothing', async ({ worker, workos }) => {
  const ada = await workos.signIn({ email: 'ada@acme.test', cookiePassword });
  const eve = await workos.signIn({ email: 'eve@acme.test', cookiePassword });
  const attacker = new Browser(worker, eve.cookies);
  await attacker.request('/mfa/enroll', own());
  const challenge = attacker.cookies.get('wos-challenge') ?? '';
  // With Ada's session, stolen, and a challenge of one's own, which one can meet.
  const thief = new Browser(worker, { ...ada.cookies, 'wos-challenge': challenge });
  const code = await workos.mfaCode('user_eve');
  expect((await thief.request('/mfa/verify', own({ code }))).status).toBe(400);
  expect((await attacker.request('/mfa/verify', own({ code }))).status).toBe(204);
});

test('node/mfa: without a session there is nothing to enroll', async ({ worker }) => {
  for (const path of ['/mfa/enroll', '/mfa/challenge']) {
    expect((await new Browser(worker).request(path, own())).status).toBe(401);
  }
});

test('node/mfa: the calls are those of multiFactorAuth, which was mfa', async () => {
  const workos = await workosFor(env);
  expect('mfa' in workos).toBe(false);
  expect('verifyFactor' in workos.multiFactorAuth).toBe(false);
});
