import { globSync } from 'node:fs';
import { unsealData } from 'iron-session';
import { unstable_doesMiddlewareMatch as doesProxyMatch } from 'next/experimental/testing/server';
import { NextRequest } from 'next/server';
import { expect, test } from 'workos-mock/vitest';
import { NO_ANSWER, withoutWaits } from '../test/no-answer';
import { handedOn, visit } from '../test/visit';
import { withoutDamagedSession } from './damaged-session';
import { config } from './proxy';

const AUTHENTICATE = 'POST /user_management/authenticate';
const JWKS = 'GET /sso/jwks/:clientId';

test('nextjs/authkit-proxy: an anonymous visit to a protected page goes to AuthKit', async ({
  workos,
}) => {
  const response = await visit('/account?tab=claims');
  expect(response).toRedirectToAuthKit();
  const url = new URL(response.headers.get('location') ?? '');
  expect(url.origin).toBe(workos.url);
  expect(url.searchParams.get('redirect_uri')).toBe('http://localhost:3000/callback');
});

test('nextjs/authkit-proxy: a live session passes without a call to the API', async ({
  workos,
}) => {
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  const response = await visit('/account', ada.cookies);
  expect(response.headers.get('x-middleware-next')).toBe('1');
  expect(await workos.requests({ endpoint: AUTHENTICATE })).toEqual([]);
});

test('nextjs/authkit-proxy: an expired session is refreshed on the way', async ({ workos }) => {
  const ada = await workos.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
  const response = await visit('/account', ada.cookies);
  expect(response).toSetSessionCookie();
  expect(response.headers.get('x-middleware-next')).toBe('1');
  expect(response.headers.get('cache-control')).toContain('no-store');
  expect(await workos.requests({ endpoint: AUTHENTICATE })).toHaveLength(1);
});

test('nextjs/authkit-proxy: a revoked session ends at its next refresh', async ({ workos }) => {
  const ada = await workos.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
  await workos.revokeSession(ada.sessionId);
  const response = await visit('/account', ada.cookies);
  expect(response).toRedirectToAuthKit();
  expect(response.headers.getSetCookie().join()).toMatch(/wos-session=;.*Max-Age=0/);
});

test.for(Object.entries(NO_ANSWER))(
  'nextjs/authkit-proxy: a refresh that ends in %s signs nobody out [fault/refresh]',
  async ([, { fault }], { workos }) => {
    withoutWaits();
    const ada = await workos.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
    await fault(workos, { times: 10 });
    const response = await visit('/account?tab=claims', ada.cookies);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-middleware-rewrite')).toBe('http://localhost:3000/unavailable');
    expect(response.headers.getSetCookie()).toEqual([]);
    await workos.clearFaults();
    // Also where the refresh token is used up by now: WorkOS takes it for ten seconds more.
    const next = await visit('/account?tab=claims', ada.cookies);
    expect(next.status).toBe(200);
    expect(next).toSetSessionCookie();
  },
);

test('nextjs/authkit-proxy: an answer to a refresh that is lost once costs nothing [fault/refresh]', async ({
  workos,
}) => {
  withoutWaits();
  const ada = await workos.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
  await workos.dropNext(AUTHENTICATE, { after: true });
  const response = await visit('/account', ada.cookies);
  expect(response.headers.get('x-middleware-next')).toBe('1');
  expect(response).toSetSessionCookie();
  const tries = await workos.requests({ endpoint: AUTHENTICATE });
  expect(tries.map(({ status }) => status)).toEqual([0, 200]);
});

test.for(Object.entries(NO_ANSWER).filter(([, { isDone }]) => isDone))(
  'nextjs/authkit-proxy: %s is the end of the session for who comes back after the ten seconds of WorkOS, and the page is kept [fault/refresh]',
  async ([, { fault }], { workos }) => {
    withoutWaits();
    const ada = await workos.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
    await fault(workos, { times: 10 });
    expect((await visit('/account?tab=claims', ada.cookies)).status).toBe(503);
    await workos.clearFaults();
    await workos.clock.advance({ seconds: 11 });
    const response = await visit('/account?tab=claims', ada.cookies);
    expect(response).toRedirectToAuthKit();
    expect(response).toDeleteSessionCookie();
    const state = new URL(response.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const password = process.env.WORKOS_COOKIE_PASSWORD ?? '';
    expect(await unsealData(state, { password })).toMatchObject({
      returnPathname: '/account?tab=claims',
    });
  },
);

test('nextjs/authkit-proxy: a WorkOS that says when it can be asked again is asked then [fault/refresh]', async ({
  workos,
}) => {
  const ada = await workos.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
  await workos.failNext(AUTHENTICATE, { status: 429, headers: { 'retry-after': '1' } });
  expect(await visit('/account', ada.cookies)).toSetSessionCookie();
  const [refused, answered] = await workos.requests({ endpoint: AUTHENTICATE });
  const waited = Date.parse(answered?.at ?? '') - Date.parse(refused?.at ?? '');
  expect(waited).toBeGreaterThan(900);
});

test('trap/api-down-blocks: a server action in an outage is told so in words that Next.js hands on [fault/refresh]', async ({
  workos,
}) => {
  withoutWaits();
  const ada = await workos.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
  await workos.failNext(AUTHENTICATE, { status: 503 }, { times: 4 });
  const response = await visit('/with-auth', ada.cookies, { 'next-action': 'an-id' }, 'POST');
  expect(response.status).toBe(503);
  expect(response.headers.get('content-type')).toBe('text/plain');
  expect(response.headers.get('x-middleware-rewrite')).toBeNull();
});

test.for([
  ['/account', 1],
  ['/sign-in', 2],
  ['/sign-up?returnTo=/account', 3],
] as const)(
  'nextjs/authkit-proxy: %s is answered here while AuthKit is down, and works again after [fault/sign-in-start]',
  async ([path, hours], { workos }) => {
    // Long after the last probe that succeeded, which is believed for a while.
    await workos.clock.advance({ hours });
    await workos.failNext(JWKS, { status: 503 });
    expect((await visit(path)).status).toBe(503);
    await workos.dropNext(JWKS);
    expect((await visit(path)).status).toBe(503);
    expect((await visit(path)).status).not.toBe(503);
  },
);

test('trap/api-down-blocks: a session that was refreshed just before AuthKit went down is kept [fault/sign-in-start]', async ({
  workos,
}) => {
  await workos.clock.advance({ hours: 4 });
  const ada = await workos.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
  // The SDK keeps the keys for longer than this app believes that AuthKit is there.
  await visit('/with-auth', (await workos.signIn({ email: 'grace@acme.test' })).cookies);
  await workos.failNext(JWKS, { status: 503 });
  const response = await visit('/sign-in', ada.cookies);
  expect(response.status).toBe(503);
  expect(response).toSetSessionCookie();
});

test.for([
  'garbage',
  'Fe26.2*1*a',
  'Fe26.2*1*a*b*c*d*e*f',
  'Fe26.2*1*a*b*c*d*e*f~2',
  'Fe26.2**a*b*c*9999999999999*e*f~2',
  'a'.repeat(4000),
])(
  'nextjs/authkit-proxy: the damaged session cookie %s is no session and no error [attack/cookie]',
  async (value) => {
    const response = await visit('/account', { 'wos-session': value });
    expect(response).toRedirectToAuthKit();
    expect(response.headers.getSetCookie().join()).toMatch(/wos-session=;.*Max-Age=0/i);
    expect(response.headers.getSetCookie().join()).toContain('wos-auth-verifier');
  },
);

test('nextjs/authkit-proxy: an error that is not about the cookie takes it from nobody', async ({
  workos,
}) => {
  const { cookies } = await workos.signIn({ email: 'ada@acme.test' });
  const cookie = `wos-session=${cookies['wos-session']}`;
  const request = new NextRequest('http://localhost:3000/account', { headers: { cookie } });
  const lookUp = () => Promise.reject(new Error('the look-up of a tenant failed'));
  await expect(withoutDamagedSession(request, lookUp)).rejects.toThrow('tenant');
  expect(request.cookies.has('wos-session')).toBe(true);
});

test('nextjs/authkit-proxy: a session sealed with another password is no session [attack/cookie]', async ({
  workos,
}) => {
  const cookiePassword = 'the-password-of-some-other-app!!';
  const ada = await workos.signIn({ email: 'ada@acme.test', cookiePassword });
  expect(await visit('/account', ada.cookies)).toRedirectToAuthKit();
});

/** The address of every page and route handler, as the folders say it, and one that is none. */
const ROUTES = globSync('src/app/**/{page,route}.{ts,tsx}')
  .map((file) =>
    file
      .replaceAll('\\', '/')
      .replace(/^src\/app/, '')
      .replace(/\/(page|route)\.\w+$/, '')
      .replaceAll(/\/\(\w[^)/]*\)(?=\/|$)/g, '')
      .replaceAll(/\[[^\]]+\]+/g, 'org_acme'),
  )
  .map((path) => path || '/')
  .concat('/a-page-of-tomorrow');

test('nextjs/authkit-proxy: the table of routes has all kinds in it', () => {
  expect(ROUTES.length).toBeGreaterThan(30);
  expect(ROUTES).toEqual(
    expect.arrayContaining(['/', '/account', '/callback', '/api/organizations/org_acme/notes']),
  );
});

/** What came of a request, without what is drawn anew each time. */
function outcome(response: Response) {
  const page = handedOn(response);
  const location = response.headers.get('location');
  const url = location === null ? null : new URL(location);
  for (const drawn of ['state', 'code_challenge']) url?.searchParams.delete(drawn);
  return {
    status: response.status,
    location: url?.href,
    next: response.headers.get('x-middleware-next'),
    rewrite: response.headers.get('x-middleware-rewrite'),
    cookies: response.headers.getSetCookie().map((line) => line.replace(/(-\w{8})?=.*/, '')),
    page: [
      'x-workos-middleware',
      'x-workos-session',
      'x-url',
      'x-redirect-uri',
      'x-sign-up-paths',
    ].map((name) => page[name]),
  };
}

test.for(ROUTES)(
  'nextjs/authkit-proxy: %s takes no identity from headers and gives none away [attack/header-injection]',
  async (path, { workos }) => {
    const ada = await workos.signIn({ email: 'ada@acme.test' });
    const grace = await workos.signIn({ email: 'grace@acme.test' });
    const seal = grace.cookies['wos-session'] ?? '';
    const forged = {
      'x-workos-session': seal,
      'x-workos-middleware': 'true',
      'x-workos-anything': 'forged',
      'x-url': 'https://evil.example/',
      'x-redirect-uri': 'https://evil.example/callback',
      'x-sign-up-paths': '/',
      'x-middleware-next': '1',
      'x-middleware-rewrite': 'http://localhost:3000/account',
      'x-middleware-set-cookie': 'wos-session=forged',
      'x-middleware-override-headers': 'x-workos-session',
      'x-middleware-request-x-workos-session': seal,
      'x-middleware-subrequest': 'src/proxy:src/proxy:src/proxy:src/proxy:src/proxy',
    };
    for (const cookies of [{}, ada.cookies]) {
      const response = await visit(path, cookies, forged);
      const page = handedOn(response);
      expect(page['x-workos-session']).toBe(Object.values(cookies)[0]);
      expect(page).not.toHaveProperty('x-workos-anything');
      const names = [...response.headers.keys()];
      expect(names.filter((name) => name.startsWith('x-workos-'))).toEqual([]);
      expect(outcome(response)).toEqual(outcome(await visit(path, cookies)));
    }
  },
);

test('nextjs/authkit-proxy: forged headers do not open a protected page [attack/header-injection]', async ({
  workos,
}) => {
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  const forged = {
    'x-workos-session': ada.cookies['wos-session'] ?? '',
    'x-workos-middleware': 'true',
    'x-middleware-subrequest': 'src/proxy:src/proxy:src/proxy:src/proxy:src/proxy',
  };
  expect(await visit('/account', {}, forged)).toRedirectToAuthKit();
});

test('nextjs/proxy-auth: a page that nobody listed is protected', async () => {
  expect(await visit('/a-page-of-tomorrow')).toRedirectToAuthKit();
  expect(await visit('/sign-in-endpoint/inner')).toRedirectToAuthKit();
});

test.for([
  '/',
  '/sign-in',
  '/callback',
  '/sign-in-failed',
  '/signed-out',
  '/handle-auth',
  '/api/x',
])('nextjs/proxy-auth: %s is open to everybody', async (path) => {
  expect((await visit(path)).headers.get('location')).toBeNull();
});

test('nextjs/authkit-proxy: the matcher leaves static files alone and nothing else', () => {
  const matches = (url: string) => doesProxyMatch({ config, url });
  expect(matches('/_next/static/chunks/a.js')).toBe(false);
  expect(matches('/_next/image?url=a.png')).toBe(false);
  expect(matches('/icon.svg')).toBe(false);
  expect(
    [
      '/',
      '/account',
      '/account.svg',
      '/api/x',
      '/icon',
      '/icon.svg/secret',
      '/robots.txt-x',
    ].filter((url) => !matches(url)),
  ).toEqual([]);
});

test('nextjs/pkce-always-on: each sign-in has an S256 challenge and a sealed verifier of its own [attack/code-theft]', async () => {
  const [first, second] = await Promise.all([visit('/account'), visit('/account')]);
  const challenges = [first, second].map((response) => {
    const { searchParams } = new URL(response.headers.get('location') ?? '');
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toContain(`=${searchParams.get('state')};`);
    expect(cookie).toMatch(
      /^wos-auth-verifier-\w{8}=.*; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/,
    );
    return searchParams.get('code_challenge');
  });
  expect(challenges[0]).toHaveLength(43);
  expect(challenges[0]).not.toBe(challenges[1]);
});

test('trap/accept-header: a request that does not accept HTML gets no verifier cookie', async () => {
  const response = await visit('/account', {}, { accept: '*/*' });
  expect(response).toRedirectToAuthKit();
  expect(response.headers.getSetCookie()).toEqual([]);
});
