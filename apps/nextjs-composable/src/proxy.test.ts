import { handleAuthkitHeaders, handleAuthkitProxy } from '@workos-inc/authkit-nextjs';
import { unstable_doesMiddlewareMatch as doesProxyMatch } from 'next/experimental/testing/server';
import { expect, test } from 'workos-mock/vitest';
import { handedOn, redirectUriOf, visit } from '../test/visit';
import { config } from './proxy';

test('nextjs/composable-proxy: who is signed out goes to AuthKit, with the verifier cookie', async () => {
  const response = await visit('/account?tab=1');
  expect(response).toRedirectToAuthKit();
  expect(response.headers.getSetCookie().join()).toContain('wos-auth-verifier');
});

test('nextjs/composable-proxy: own work comes first', async () => {
  const from = { 'x-forwarded-for': '203.0.113.7' };
  const statuses = new Set<number>();
  for (let i = 0; i < 61; i++) statuses.add((await visit('/sign-in', {}, from)).status);
  expect([...statuses]).toEqual([200, 429]);
  expect((await visit('/sign-in', {}, { 'x-forwarded-for': '203.0.113.8' })).status).toBe(200);
});

test('nextjs/composable-proxy: who writes addresses of their own in front is limited all the same', async () => {
  const statuses = new Set<number>();
  for (let i = 0; i < 61; i++) {
    const from = { 'x-forwarded-for': `198.51.100.${i}, 203.0.113.9` };
    statuses.add((await visit('/sign-in', {}, from)).status);
  }
  expect([...statuses]).toEqual([200, 429]);
});

test.for([
  'garbage',
  'Fe26.2*1*a',
  'Fe26.2*1*a*b*c*d*e*f~2',
  'Fe26.2**a*b*c*9999999999999*e*f~2',
  'a'.repeat(4000),
])(
  'nextjs/composable-proxy: the damaged session cookie %s is no session and no error [attack/cookie]',
  async (value) => {
    const response = await visit('/account', { 'wos-session': value });
    expect(response).toRedirectToAuthKit();
    expect(response.headers.getSetCookie().join()).toMatch(/wos-session=;.*Max-Age=0/i);
    expect(response.headers.getSetCookie().join()).toContain('wos-auth-verifier');
  },
);

test('nextjs/composable-proxy: a session sealed with another password is no session [attack/cookie]', async ({
  workos,
}) => {
  const cookiePassword = 'the-password-of-some-other-app!!';
  const ada = await workos.signIn({ email: 'ada@acme.test', cookiePassword });
  expect(await visit('/account', ada.cookies)).toRedirectToAuthKit();
});

/** One path of every kind: routed by locale, public and not; routes; rewritten; hidden; unknown. */
const PATHS = [
  '/',
  '/en',
  '/de/konto',
  '/account',
  '/sign-in',
  '/callback',
  '/signed-out',
  '/unavailable',
  '/t/org_acme',
  '/tenants/org_acme',
  '/a-page-of-tomorrow',
];

test.for(PATHS)(
  'nextjs/composable-proxy: %s takes no identity from headers and gives none away [attack/header-injection]',
  async (path, { workos }) => {
    const ada = await workos.signIn({ email: 'ada@acme.test' });
    const seal = Object.values(ada.cookies).join();
    const forged = {
      'x-workos-session': seal,
      'x-workos-middleware': 'true',
      'x-workos-anything': 'forged',
      'x-url': 'https://evil.example/',
      'x-redirect-uri': 'https://evil.example/callback',
      'x-sign-up-paths': '/',
      'x-middleware-next': '1',
      'x-middleware-rewrite': 'http://localhost:3000/tenants/org_acme',
      'x-middleware-set-cookie': 'wos-session=forged',
      'x-middleware-override-headers': 'x-workos-session',
      'x-middleware-request-x-workos-session': seal,
      'x-middleware-subrequest': 'src/proxy:src/proxy:src/proxy:src/proxy:src/proxy',
    };
    const response = await visit(path, {}, forged);

    const page = handedOn(response);
    expect(page).not.toHaveProperty('x-workos-session');
    expect(page).not.toHaveProperty('x-workos-anything');
    expect(page).not.toHaveProperty('x-sign-up-paths');
    expect([undefined, `http://localhost:3000${path}`]).toContain(page['x-url']);
    expect([undefined, 'http://localhost:3000/callback']).toContain(page['x-redirect-uri']);

    const names = [...response.headers.keys()];
    expect(names.filter((name) => name.startsWith('x-workos-'))).toEqual([]);
    expect(response.headers.get('x-middleware-rewrite') ?? '').not.toContain('/tenants/');
    expect(response.headers.getSetCookie().join()).not.toContain('forged');
    const location = response.headers.get('location');
    if (location) expect(location).not.toContain('evil');
  },
);

test.for(['/en', '/de/konto', '/t/org_acme', '/sign-in'])(
  'nextjs/composable-proxy: %s hands on the session of the cookie, not that of a header [attack/header-injection]',
  async (path, { workos }) => {
    const ada = await workos.signIn({ email: 'ada@acme.test' });
    const grace = await workos.signIn({ email: 'grace@acme.test' });
    const forged = { 'x-workos-session': grace.cookies['wos-session'] ?? '' };
    const response = await visit(path, ada.cookies, forged);
    expect(handedOn(response)['x-workos-session']).toBe(ada.cookies['wos-session']);
  },
);

test.for(PATHS)(
  'nextjs/composable-proxy: %s is in no cache when it was made for somebody [attack/caching]',
  async (path, { workos }) => {
    const ada = await workos.signIn({ email: 'ada@acme.test' });
    const response = await visit(path, ada.cookies);
    expect(response.headers.get('cache-control')).toMatch(/no-store/);
    expect(response.headers.get('vary')?.toLowerCase()).toContain('cookie');
  },
);

test('nextjs/composable-proxy: a page that nobody listed is protected, in every spelling', async () => {
  for (const path of [
    '/a-page-of-tomorrow',
    '/EN',
    '/en/x',
    '//en',
    '/%65n',
    '/en/account/',
    '/en/sign-in',
  ]) {
    expect(await visit(path), path).toRedirectToAuthKit();
  }
});

test('nextjs/composable-proxy: the matcher leaves static files alone and nothing else', () => {
  const matches = (url: string) => doesProxyMatch({ config, url });
  expect(
    ['/_next/static/chunks/a.js', '/_next/image?url=a.png', '/icon.svg'].filter(matches),
  ).toEqual([]);
  expect(['/', '/en', '/account.svg', '/t/x', '/icon'].filter((url) => !matches(url))).toEqual([]);
});

test('nextjs/composable-proxy: the document’s handleAuthkitHeaders is the old name of handleAuthkitProxy', () => {
  expect(handleAuthkitHeaders).toBe(handleAuthkitProxy);
});

test('nextjs/dynamic-redirect-uri: the page learns which host was allowed', async () => {
  expect(redirectUriOf(await visit('/account'))).toBe('http://localhost:3000/callback');
  expect(handedOn(await visit('/sign-in'))['x-redirect-uri']).toBe(
    'http://localhost:3000/callback',
  );
});

// The last one of this file: it uses up what all requests without an address may do.
test('nextjs/composable-proxy: what is no address counts as one', async () => {
  const statuses = new Set<number>();
  for (let i = 0; i < 61; i++) {
    statuses.add((await visit('/sign-in', {}, { 'x-forwarded-for': `made-up-${i}` })).status);
  }
  expect([...statuses]).toEqual([200, 429]);
});
