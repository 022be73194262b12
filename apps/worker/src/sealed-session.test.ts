/// <reference types="@cloudflare/vitest-plugin/types" />
import {
  evictAllDurableObjects,
  listDurableObjectIds,
  runDurableObjectAlarm,
  runInDurableObject,
} from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import type { WorkOS } from '@workos-inc/node/worker';
import { vi } from 'vitest';
import { Browser } from '../test/browser';
import { expect, ORIGIN, test } from '../test/workos';
import app from './index';
import type { Refresh } from './session-refresh';

const AUTHENTICATE = 'POST /user_management/authenticate';
const cookiePassword = env.WORKOS_COOKIE_PASSWORD;
const json = { headers: { accept: 'application/json' } };

/** Requests of this Worker for a refresh, retries included. */
const refresh = { grantType: 'refresh_token' };

/** A client of the SDK as the documents make it; its keys are its own, and not asked for yet. */
async function naiveClient() {
  const { createWorkOS } = await import('@workos-inc/node/worker');
  return createWorkOS({
    apiKey: env.WORKOS_API_KEY,
    clientId: env.WORKOS_CLIENT_ID,
    apiHostname: 'localhost',
    port: 4100,
    https: false,
  });
}

/** The session of a cookie, of the SDK alone. */
async function loadNaively(cookies: Record<string, string>, client?: WorkOS) {
  const { userManagement } = client ?? (await naiveClient());
  const sessionData = cookies['wos-session'] ?? '';
  return userManagement.loadSealedSession({ sessionData, cookiePassword });
}

test('node/sealed-session: an expired token is refreshed, sealed anew, and the person notices nothing', async ({
  worker,
  workos,
}) => {
  const { cookies } = await workos.signIn({
    email: 'ada@acme.test',
    cookiePassword,
    tokenAge: { minutes: 6 },
  });
  const browser = new Browser(worker, cookies);
  const response = await browser.request('/me', json);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    user: { id: 'user_ada' },
    organizationId: 'org_acme',
  });
  expect(browser.cookies.get('wos-session')).not.toBe(cookies['wos-session']);
  await workos.clearRequests();
  expect((await browser.request('/me', json)).status).toBe(200);
  expect(await workos.requests(refresh)).toEqual([]);
});

test('node/sealed-session: a token about to expire is refreshed in advance, and goes on serving when that fails [fault/refresh]', async ({
  worker,
  workos,
}) => {
  const ada = { email: 'ada@acme.test', cookiePassword, tokenAge: { seconds: 280 } };
  const { cookies } = await workos.signIn(ada);
  const browser = new Browser(worker, cookies);
  await workos.failNext(AUTHENTICATE, { status: 500 }, { times: 2, ...refresh });
  expect((await browser.request('/me', json)).status).toBe(200);
  expect(browser.cookies.get('wos-session')).toBe(cookies['wos-session']);
  expect((await browser.request('/me', json)).status).toBe(200);
  expect(browser.cookies.get('wos-session')).not.toBe(cookies['wos-session']);
});

test('node/sealed-session: switching the organization changes role and permissions, and stays', async ({
  worker,
  workos,
}) => {
  const { cookies } = await workos.signIn({
    email: 'grace@acme.test',
    organization: 'Acme',
    cookiePassword,
  });
  const browser = new Browser(worker, cookies);
  expect(await (await browser.request('/me', json)).json()).toMatchObject({ role: 'member' });
  const switched = await browser.submit('/switch-organization', { organizationId: 'org_globex' });
  expect(switched.status).toBe(303);
  await workos.clock.advance({ minutes: 6 });
  expect(await (await browser.request('/me', json)).json()).toMatchObject({
    organizationId: 'org_globex',
    role: 'admin',
  });
});

test('node/sealed-session: an organization of others is refused, and the session goes on [attack/cross-tenant]', async ({
  worker,
  workos,
}) => {
  const { cookies } = await workos.signIn({ email: 'ada@acme.test', cookiePassword });
  const browser = new Browser(worker, cookies);
  const refused = await browser.submit('/switch-organization', { organizationId: 'org_globex' });
  expect(refused.status).toBe(403);
  expect(await (await browser.request('/me', json)).json()).toMatchObject({
    organizationId: 'org_acme',
  });
  expect((await browser.submit('/switch-organization', { organizationId: 'x' })).status).toBe(422);
});

test.for(['sso_required', 'mfa_enrollment'])(
  'node/sealed-session: an organization that answers %s is entered by the hosted page',
  async (code, { worker, workos }) => {
    const { cookies } = await workos.signIn({
      email: 'grace@acme.test',
      organization: 'Acme',
      cookiePassword,
    });
    const browser = new Browser(worker, cookies);
    await workos.failNext(AUTHENTICATE, {
      status: 403,
      body: { code, message: code, pending_authentication_token: 'pending' },
    });
    const response = await browser.submit('/switch-organization', { organizationId: 'org_globex' });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toContain('organization_id=org_globex');
    expect((await browser.request('/me', json)).status).toBe(200);
  },
);

test('node/sealed-session: signing out ends the session at WorkOS and in the browser', async ({
  worker,
  workos,
}) => {
  const { cookies, sessionId } = await workos.signIn({ email: 'ada@acme.test', cookiePassword });
  const browser = new Browser(worker, cookies);
  const response = await browser.submit('/logout');
  expect(response.status).toBe(303);
  const url = new URL(response.headers.get('location') ?? '');
  expect(url.pathname).toBe('/user_management/sessions/logout');
  expect(url.searchParams.get('session_id')).toBe(sessionId);
  expect(url.searchParams.get('return_to')).toBe(`${ORIGIN}/`);
  expect(browser.cookies.size).toBe(0);
  await fetch(url, { redirect: 'manual' });
  expect(await workos.sessions({ user: 'user_ada' })).toMatchObject([{ status: 'revoked' }]);
  // A copy of the cookie is worth something until its token expires, and nothing after.
  const copy = new Browser(worker, cookies);
  expect((await copy.request('/me', json)).status).toBe(200);
  await workos.clock.advance({ minutes: 6 });
  expect((await copy.request('/me', json)).status).toBe(401);
  expect(copy.cookies.size).toBe(0);
});

test('node/sealed-session: signing out with an expired token ends the session too, where the SDK throws', async ({
  worker,
  workos,
}) => {
  const { cookies, sessionId } = await workos.signIn({
    email: 'ada@acme.test',
    cookiePassword,
    tokenAge: { minutes: 6 },
  });
  // The naive form: it makes an address of a live token only.
  const session = await loadNaively(cookies);
  await expect(session.getLogoutUrl()).rejects.toThrow('invalid_jwt');
  const browser = new Browser(worker, cookies);
  const url = new URL((await browser.submit('/logout')).headers.get('location') ?? '');
  expect(url.searchParams.get('session_id')).toBe(sessionId);
  expect(browser.cookies.size).toBe(0);
});

test('node/sealed-session: another site’s form signs nobody out [attack/login-csrf]', async ({
  worker,
  workos,
}) => {
  const { cookies } = await workos.signIn({ email: 'ada@acme.test', cookiePassword });
  const browser = new Browser(worker, cookies);
  const foreign: [string, string][] = [
    ['origin', 'https://evil.example'],
    ['sec-fetch-site', 'cross-site'],
  ];
  for (const header of foreign) {
    for (const path of ['/logout', '/switch-organization']) {
      const response = await browser.request(path, {
        method: 'POST',
        headers: new Headers([['content-type', 'application/x-www-form-urlencoded'], header]),
      });
      expect(response.status).toBe(403);
    }
  }
  expect(browser.cookies.size).toBe(1);
});

test('node/sealed-session: cookies that were tampered with are no session and no error [attack/cookie]', async ({
  worker,
  workos,
}) => {
  const { cookies } = await workos.signIn({ email: 'ada@acme.test', cookiePassword });
  const otherPassword = await workos.signIn({
    email: 'ada@acme.test',
    cookiePassword: 'another-password-of-32-characters',
  });
  const good = cookies['wos-session'] ?? '';
  const parts = good.split('*');
  const bad = {
    'another password': otherPassword.cookies['wos-session'] ?? '',
    truncated: good.slice(0, 600),
    'a changed character': good.replace(/.(?=.{40}$)/, (c) => (c === 'A' ? 'B' : 'A')),
    'a bad expiry': parts.with(5, 'soon').join('*'),
    'a bad iv': parts.with(3, '!').join('*'),
    'not a seal': 'x',
  };
  for (const [what, value] of Object.entries(bad)) {
    const browser = new Browser(worker, { 'wos-session': value });
    expect((await browser.request('/me', json)).status, what).toBe(401);
    expect(browser.cookies.size, what).toBe(0);
    // An object each would cost: they are started for nobody's cookie but this Worker's own.
    const another = new Browser(worker, { 'wos-session': value });
    const objects = await listDurableObjectIds(env.SESSION_REFRESH);
    const fields = { organizationId: 'org_globex' };
    expect((await another.submit('/switch-organization', fields)).status, what).toBe(401);
    expect(another.cookies.size, what).toBe(0);
    expect(await listDurableObjectIds(env.SESSION_REFRESH), what).toHaveLength(objects.length);
  }
});

test('node/sealed-session: one isolate serves many people and mixes up none [fault/worker-isolate]', async ({
  worker,
  workos,
}) => {
  const people = await Promise.all(
    ['ada', 'grace', 'eve'].map((name) =>
      workos.signIn({ email: `${name}@acme.test`, cookiePassword, tokenAge: { minutes: 6 } }),
    ),
  );
  await Promise.all(
    Array.from({ length: 30 }, async (_, i) => {
      const { user, cookies } = people[i % people.length]!;
      const response = await new Browser(worker, cookies).request('/me', json);
      expect(await response.json()).toMatchObject({ user: { id: user.id } });
    }),
  );
  expect((await worker('/me', json)).status).toBe(401);
});

test('ask/refresh-race: fifty requests with one expired session refresh it once, and all get the new one [fault/concurrent-refresh]', async ({
  worker,
  workos,
}) => {
  const { cookies } = await workos.signIn({
    email: 'ada@acme.test',
    cookiePassword,
    tokenAge: { minutes: 6 },
  });
  await workos.delayNext(AUTHENTICATE, { milliseconds: 50 });
  const browsers = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const browser = new Browser(worker, cookies);
      expect((await browser.request('/me', json)).status).toBe(200);
      return browser;
    }),
  );
  expect(await workos.requests(refresh)).toHaveLength(1);
  expect(new Set(browsers.map(({ cookies }) => cookies.get('wos-session'))).size).toBe(1);
  // One that comes late, as from a tab that slept, past the replay grace of WorkOS and to an object that has left memory.
  await workos.clock.advance({ seconds: 20 });
  await evictAllDurableObjects();
  expect((await new Browser(worker, cookies).request('/me', json)).status).toBe(200);
  expect(await workos.requests(refresh)).toHaveLength(1);
  // Nothing of the session is kept for longer than that.
  const ids = await listDurableObjectIds(env.SESSION_REFRESH);
  const objects = ids.map((id) => env.SESSION_REFRESH.get(id));
  const kept = () =>
    Promise.all(
      objects.map((object) =>
        runInDurableObject(object, async (_, { storage }) => (await storage.list()).size),
      ),
    );
  expect(await kept()).toContain(1);
  await Promise.all(objects.map((object) => runDurableObjectAlarm(object)));
  expect(new Set(await kept())).toEqual(new Set([0]));
});

test(
  'node/sealed-session: a long pause that WorkOS asks for is not waited for, and what comes of it is not lost [fault/refresh]',
  { timeout: 30_000 },
  async ({ worker, workos }) => {
    const { cookies } = await workos.signIn({
      email: 'ada@acme.test',
      cookiePassword,
      tokenAge: { minutes: 6 },
    });
    await workos.failNext(AUTHENTICATE, { status: 503, headers: { 'retry-after': '14' } });
    const browser = new Browser(worker, cookies);
    expect((await browser.request('/me', json)).status).toBe(503);
    expect(await workos.requests(refresh)).toHaveLength(1);
    // Who comes in the pause waits for the same exchange, and begins none of their own.
    const another = new Browser(worker, cookies).request('/me', json);
    await expect
      .poll(async () => (await workos.requests(refresh)).length, { timeout: 10_000 })
      .toBe(2);
    expect((await another).status).toBe(200);
    expect((await browser.request('/me', json)).status).toBe(200);
    expect(await workos.requests(refresh)).toHaveLength(2);
  },
);

test('ask/refresh-race: ten requests share a refresh that fails, too: WorkOS in trouble is not asked ten times [fault/concurrent-refresh]', async ({
  worker,
  workos,
}) => {
  const { cookies } = await workos.signIn({
    email: 'ada@acme.test',
    cookiePassword,
    tokenAge: { minutes: 6 },
  });
  // Twice: the SDK tries once more. All ten come in the pause before it.
  const fault = { status: 500, headers: { 'retry-after': '2' } };
  await workos.failNext(AUTHENTICATE, fault, { times: 2 });
  const statuses = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const { status } = await new Browser(worker, cookies).request('/me', json);
      return status;
    }),
  );
  expect(new Set(statuses)).toEqual(new Set([503]));
  expect(await workos.requests(refresh)).toHaveLength(2);
});

test('ask/refresh-race: a switch of the organization beside a refresh signs nobody out [fault/concurrent-refresh]', async ({
  worker,
  workos,
}) => {
  const { cookies } = await workos.signIn({
    email: 'grace@acme.test',
    organization: 'Acme',
    cookiePassword,
    tokenAge: { minutes: 6 },
  });
  const statuses = await Promise.all([
    new Browser(worker, cookies).request('/me', json),
    new Browser(worker, cookies).submit('/switch-organization', { organizationId: 'org_globex' }),
    new Browser(worker, cookies).request('/me', json),
  ]);
  expect(statuses.map(({ status }) => status)).toEqual([200, 303, 200]);
});

test('node/sealed-session: nobody is signed out because WorkOS does not answer a refresh [fault/refresh]', async ({
  worker,
  workos,
}) => {
  const { cookies } = await workos.signIn({
    email: 'ada@acme.test',
    cookiePassword,
    tokenAge: { minutes: 6 },
  });
  const browser = new Browser(worker, cookies);
  const twice = { times: 2, ...refresh };
  const faults = {
    'a server error': () => workos.failNext(AUTHENTICATE, { status: 500 }, twice),
    'too many requests': () =>
      workos.failNext(AUTHENTICATE, { status: 429, headers: { 'retry-after': '1' } }, twice),
    'half an answer': () => workos.garbleNext(AUTHENTICATE, 'truncated', refresh),
    'an empty answer': () => workos.garbleNext(AUTHENTICATE, 'empty', refresh),
    'a cut connection': () => workos.dropNext(AUTHENTICATE, {}, twice),
  };
  for (const [what, strike] of Object.entries(faults)) {
    await strike();
    const response = await browser.request('/me');
    expect(response.status, what).toBe(503);
    expect(await response.text(), what).toContain('You are still signed in');
    expect(browser.cookies.get('wos-session'), what).toBe(cookies['wos-session']);
  }
  expect((await browser.request('/me')).status).toBe(200);
});

test('node/sealed-session: a WorkOS that stays silent is given up after a retry, for all who wait, and the session goes on [fault/refresh]', async ({
  worker,
  workos,
}) => {
  const { cookies } = await workos.signIn({
    email: 'ada@acme.test',
    cookiePassword,
    tokenAge: { minutes: 6 },
  });
  await workos.delayNext(AUTHENTICATE, { hours: 1 }, { times: 2, ...refresh });
  const sealed = cookies['wos-session'] ?? '';
  const object = env.SESSION_REFRESH.getByName('silence');
  const answers: Refresh[] = [];
  // Inside the object: nobody else may run its timers.
  await runInDurableObject(object, async (refreshes) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    for (let i = 0; i < 2; i++) {
      void refreshes.refresh(sealed).then((answer) => answers.push(answer));
    }
    // Nobody waits longer.
    for (let seconds = 0; seconds < 30 && answers.length < 2; seconds++) {
      await vi.advanceTimersByTimeAsync(1000);
      // The request has to reach WorkOS before its time is over.
      await scheduler.wait(50);
    }
  });
  const later = { status: 'later', retryAfter: 5 };
  expect(answers).toEqual([later, later]);
  expect((await new Browser(worker, cookies).request('/me')).status).toBe(200);
});

test('trap/html-5xx-signs-out: a gateway’s error page says nothing about the session [fault/refresh]', async ({
  worker,
  workos,
}) => {
  const { cookies } = await workos.signIn({
    email: 'ada@acme.test',
    cookiePassword,
    tokenAge: { minutes: 6 },
  });
  const browser = new Browser(worker, cookies);
  await workos.garbleNext(AUTHENTICATE, 'html', { times: 2 });
  expect((await browser.request('/me')).status).toBe(503);
  expect((await browser.request('/me')).status).toBe(200);
});

test('trap/unknown-kid-throws: after a rotation of keys the session goes on, where the SDK throws [fault/key-rotation]', async ({
  worker,
  workos,
}) => {
  const before = await workos.signIn({ email: 'ada@acme.test', cookiePassword });
  expect((await new Browser(worker, before.cookies).request('/me', json)).status).toBe(200);
  await workos.rotateKeys();
  const after = await workos.signIn({ email: 'ada@acme.test', cookiePassword });
  await workos.clearRequests();
  expect((await new Browser(worker, after.cookies).request('/me', json)).status).toBe(200);
  expect(await workos.requests(refresh)).toEqual([]);

  // The naive form: once its keys are cached, a token with another key is an exception and not an answer.
  await workos.reset();
  const client = await naiveClient();
  await (await loadNaively(before.cookies, client)).authenticate();
  const session = await loadNaively(after.cookies, client);
  await expect(session.authenticate()).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
});

test('trap/unknown-kid-throws: keys out of reach are 503, not the end of the session [fault/jwks-down]', async ({
  workos,
}) => {
  const { cookies } = await workos.signIn({ email: 'ada@acme.test', cookiePassword });
  await workos.failNext('GET /sso/jwks/:clientId', { status: 500 });
  // Another host name is another environment, whose keys nobody has asked for yet.
  const cold = { ...env, WORKOS_API_HOSTNAME: 'cold.localhost' };
  const cookie = `wos-session=${cookies['wos-session']}`;
  const { default: app } = await import('./index');
  const response = await app.fetch(new Request(`${ORIGIN}/me`, { headers: { cookie } }), cold);
  expect(response.status).toBe(503);
  expect(response.headers.getSetCookie()).toEqual([]);

  // The naive form: an exception too, and not one of the SDK's own.
  await workos.failNext('GET /sso/jwks/:clientId', { status: 500 });
  const session = await loadNaively(cookies);
  await expect(session.authenticate()).rejects.toThrow('JSON Web Key Set');
  expect(await session.authenticate()).toMatchObject({ authenticated: true });
});

test('node/sealed-session: an issuer that nobody listed is said to the log, and costs nobody the session', async ({
  workos,
}) => {
  const log = vi.spyOn(console, 'error').mockReturnValue();
  const { cookies } = await workos.signIn({
    email: 'ada@acme.test',
    cookiePassword,
    tokenAge: { minutes: 6 },
  });
  // Told of another address of WorkOS, it expects another issuer: as with a custom authentication domain.
  const elsewhere = { ...env, WORKOS_API_HOSTNAME: '127.0.0.1' };
  const browser = new Browser(
    async (path, init) => app.request(ORIGIN + path, init, elsewhere),
    cookies,
  );
  const old = browser.cookies.get('wos-session');
  expect((await browser.request('/me', json)).status).toBe(500);
  expect(String(log.mock.lastCall)).toContain('WORKOS_ISSUERS');
  expect(browser.cookies.get('wos-session')).toBeTruthy();
  expect(browser.cookies.get('wos-session')).not.toBe(old);
  log.mockRestore();
});

test('node/sealed-session: a form that was refused leads back to a page, not to itself', async ({
  worker,
  workos,
}) => {
  const { cookies } = await workos.signIn({ email: 'ada@acme.test', cookiePassword });
  const fields = { organizationId: 'org_globex' };
  const refused = await new Browser(worker, cookies).submit('/switch-organization', fields);
  expect(refused.status).toBe(403);
  const text = await refused.text();
  expect(text).toContain('<a href="/me">');
  expect(text).not.toContain('href="/switch-organization"');
});
