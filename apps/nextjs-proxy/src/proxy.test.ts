import { unstable_doesMiddlewareMatch as doesProxyMatch } from 'next/experimental/testing/server';
import { NextRequest } from 'next/server';
import { expect, test, type TestMock } from 'workos-mock/vitest';
import { visit } from '../test/visit';
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

// Each one as often as the SDK tries before it gives up.
const PASSING: [name: string, fault: (workos: TestMock) => Promise<void>][] = [
  ['503', (workos) => workos.failNext(AUTHENTICATE, { status: 503 }, { times: 4 })],
  ['429', (workos) => workos.failNext(AUTHENTICATE, { status: 429 }, { times: 4 })],
  ['a cut connection', (workos) => workos.dropNext(AUTHENTICATE, {}, { times: 4 })],
];

test.for(PASSING)(
  'nextjs/authkit-proxy: a refresh that ends in %s signs nobody out [fault/refresh]',
  { timeout: 30_000 },
  async ([, fault], { workos }) => {
    const ada = await workos.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
    await fault(workos);
    const response = await visit('/account?tab=claims', ada.cookies);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(response.headers.get('x-middleware-rewrite')).toBe('http://localhost:3000/unavailable');
    expect(response.headers.getSetCookie()).toEqual([]);
    expect((await visit('/account?tab=claims', ada.cookies)).status).toBe(200);
  },
);

test('trap/api-down-blocks: a server action in an outage is told so in words that Next.js hands on [fault/refresh]', async ({
  workos,
}) => {
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

test.for(['/account', '/'])(
  'nextjs/authkit-proxy: %s takes no identity from headers [attack/header-injection]',
  async (path, { workos }) => {
    const ada = await workos.signIn({ email: 'ada@acme.test' });
    const response = await visit(
      path,
      {},
      {
        'x-workos-session': Object.values(ada.cookies).join(),
        'x-workos-middleware': 'true',
        'x-workos-anything': 'forged',
        'x-redirect-uri': 'https://evil.example/callback',
        'x-middleware-subrequest': 'src/proxy:src/proxy:src/proxy:src/proxy:src/proxy',
      },
    );
    const forwarded = [...response.headers].map(([name]) => name);
    expect(forwarded).not.toContain('x-middleware-request-x-workos-session');
    expect(forwarded).not.toContain('x-middleware-request-x-workos-anything');
    expect(forwarded.filter((name) => name.startsWith('x-workos-'))).toEqual([]);
    if (path === '/account') expect(response).toRedirectToAuthKit();
  },
);

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
