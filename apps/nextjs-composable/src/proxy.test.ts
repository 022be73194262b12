import { handleAuthkitHeaders, handleAuthkitProxy } from '@workos-inc/authkit-nextjs';
import { NextRequest } from 'next/server';
import { afterEach, vi } from 'vitest';
import { expect, test } from 'workos-mock/vitest';
import proxy from './proxy';

const AUTHENTICATE = 'POST /user_management/authenticate';

/** What a browser asks for when a person opens an address. */
function visit(path: string, cookies: Record<string, string> = {}, headers = {}) {
  const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  return proxy(
    new NextRequest(new URL(path, 'http://localhost:3000'), {
      headers: {
        accept: 'text/html',
        host: 'localhost:3000',
        ...headers,
        ...(cookie[0] && { cookie: cookie.join('; ') }),
      },
    }),
  );
}

/** The redirect URI that AuthKit is asked to come back to. */
function redirectUriOf(response: Response): string | null {
  return new URL(response.headers.get('location') ?? '').searchParams.get('redirect_uri');
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

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

test('nextjs/composable-proxy: a damaged session cookie is no session and no error', async () => {
  const response = await visit('/account', { 'wos-session': 'Fe26.2*1*a*b*c*d*e*f~2' });
  expect(response).toRedirectToAuthKit();
  expect(response.headers.getSetCookie().join()).toMatch(/wos-session=;.*Max-Age=0/i);
});

test.for(['/', '/account', '/sign-in', '/t/org_acme', '/tenants/org_acme'])(
  'nextjs/composable-proxy: %s takes no identity from headers and gives none away',
  async (path, { workos }) => {
    const ada = await workos.signIn({ email: 'ada@acme.test' });
    const forged = {
      'x-workos-session': Object.values(ada.cookies).join(),
      'x-workos-middleware': 'true',
      'x-redirect-uri': 'https://evil.example/callback',
    };
    const response = await visit(path, {}, forged);
    const names = [...response.headers.keys()];
    expect(names.filter((name) => name.startsWith('x-workos-'))).toEqual([]);
    expect(response.headers.get('x-middleware-request-x-workos-session')).toBeNull();
    if (response.headers.has('location')) {
      expect(redirectUriOf(response)).toBe('http://localhost:3000/callback');
    }
  },
);

test('nextjs/composable-proxy: the document’s handleAuthkitHeaders is the old name of handleAuthkitProxy', () => {
  expect(handleAuthkitHeaders).toBe(handleAuthkitProxy);
});

test('nextjs/rewrites: a member sees the tenant’s page, with the session', async ({ workos }) => {
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  const response = await visit('/t/org_acme/posts?q=1', ada.cookies);
  expect(response.headers.get('x-middleware-rewrite')).toBe(
    'http://localhost:3000/tenants/org_acme/posts?q=1',
  );
  expect(response.headers.get('x-middleware-request-x-workos-session')).not.toBeNull();
});

test.for(['/t/org_globex', '/tenants/org_globex', '/tenants/org_acme'])(
  'nextjs/rewrites: %s shows nothing to who is not in it or goes around',
  async (path, { workos }) => {
    const ada = await workos.signIn({ email: 'ada@acme.test' });
    const response = await visit(path, ada.cookies);
    expect(response.headers.get('x-middleware-rewrite')).toBe('http://localhost:3000/no-such-page');
  },
);

test('nextjs/rewrites: a refresh on the way reaches the browser', async ({ workos }) => {
  vi.spyOn(console, 'info').mockImplementation(() => {});
  const ada = await workos.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
  expect(await visit('/t/org_acme', ada.cookies)).toSetSessionCookie();
});

test('nextjs/session-refresh-callbacks: success once, without the token', async ({ workos }) => {
  const info = vi.spyOn(console, 'info').mockImplementation(() => {});
  const ada = await workos.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
  await visit('/account', ada.cookies);
  expect(info.mock.calls).toEqual([['session refreshed: user_ada at org_acme']]);
});

test('nextjs/session-refresh-callbacks: nothing while the token lives', async ({ workos }) => {
  const info = vi.spyOn(console, 'info').mockImplementation(() => {});
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  await visit('/account', ada.cookies);
  expect(info).not.toHaveBeenCalled();
});

test('nextjs/session-refresh-callbacks: an error once, and whether it is over', async ({
  workos,
}) => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const ada = await workos.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
  // The SDK tries four times before it gives up.
  await workos.failNext(AUTHENTICATE, { status: 503 }, { times: 4 });
  await visit('/account', ada.cookies);
  await workos.revokeSession(ada.sessionId);
  await visit('/account', ada.cookies);
  expect(warn.mock.calls.map(([line]) => String(line).split(':')[0])).toEqual([
    'session not refreshed (in passing)',
    'session not refreshed (it is over)',
  ]);
}, 20_000);

test('nextjs/dynamic-redirect-uri: an allowed host signs in to itself', async () => {
  vi.stubEnv('ALLOWED_HOSTS', 'app.example.com, staging.example.com');
  const response = await visit('/account', {}, { host: 'staging.example.com' });
  expect(redirectUriOf(response)).toBe('http://staging.example.com/callback');
});

test('ask/preview-redirect-uri: a Vercel preview signs in to itself, production does not follow', async () => {
  const host = 'my-app-git-feature-my-team.vercel.app';
  vi.stubEnv('VERCEL_BRANCH_URL', host);
  vi.stubEnv('VERCEL_ENV', 'preview');
  expect(redirectUriOf(await visit('/account', {}, { host }))).toBe(`http://${host}/callback`);
  vi.stubEnv('VERCEL_ENV', 'production');
  expect(redirectUriOf(await visit('/account', {}, { host }))).toBe(
    'http://localhost:3000/callback',
  );
});

test.for([
  'evil.example',
  'localhost:3000.evil.example',
  'localhost:3000@evil.example',
  'LOCALHOST:3001',
  '',
])('nextjs/dynamic-redirect-uri: the host "%s" falls back to the configured one', async (host) => {
  expect(redirectUriOf(await visit('/account', {}, { host }))).toBe(
    'http://localhost:3000/callback',
  );
});
