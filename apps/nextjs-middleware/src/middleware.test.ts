import { authkit, refreshSession, withAuth } from '@workos-inc/authkit-nextjs';
import { NextRequest, NextResponse } from 'next/server';
import { vi } from 'vitest';
import { defaultSeed } from 'workos-mock';
import { expect, test } from 'workos-mock/vitest';
import { finishSignIn } from '../test/finish-sign-in';
import { inRequest } from '../test/in-request';
import { handedOn, visit } from '../test/visit';
import { GET as callback } from './app/callback/route';
import { GET as signIn } from './app/sign-in/route';
import { GET as signUp } from './app/sign-up/route';
import { withoutDamagedSession } from './damaged-session';

const AUTHENTICATE = 'POST /user_management/authenticate';

test('nextjs/authkit-middleware: an anonymous visit to a protected page goes to AuthKit', async ({
  workos,
}) => {
  const response = await visit('/account?tab=claims');
  expect(response).toRedirectToAuthKit();
  const url = new URL(response.headers.get('location') ?? '');
  expect(url.origin).toBe(workos.url);
  expect(url.searchParams.get('code_challenge_method')).toBe('S256');
});

test('nextjs/authkit-middleware: a live session passes without a call to the API', async ({
  workos,
}) => {
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  const response = await visit('/account', ada.cookies);
  expect(response.headers.get('x-middleware-next')).toBe('1');
  expect(await workos.requests({ endpoint: AUTHENTICATE })).toEqual([]);
});

test('nextjs/authkit-middleware: an expired session is refreshed on the way', async ({
  workos,
}) => {
  const ada = await workos.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
  expect(await visit('/account', ada.cookies)).toSetSessionCookie();
  expect(await workos.requests({ endpoint: AUTHENTICATE })).toHaveLength(1);
});

test('nextjs/authkit-middleware: a revoked session ends at its next refresh', async ({
  workos,
}) => {
  const ada = await workos.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
  await workos.revokeSession(ada.sessionId);
  const response = await visit('/account', ada.cookies);
  expect(response).toRedirectToAuthKit();
  expect(response.headers.getSetCookie().join()).toMatch(/wos-session=;/);
});

const FORGED = {
  'x-workos-session': 'forged',
  'x-workos-middleware': 'true',
  'x-workos-anything': 'forged',
  'x-middleware-next': '1',
  'x-middleware-subrequest': 'src/middleware:src/middleware:src/middleware:src/middleware',
  'x-middleware-request-x-workos-session': 'forged',
};
const ROUTES = ['/', '/sign-in', '/sign-up', '/callback', '/signed-out', '/not-there', '/account'];

test.for(ROUTES)(
  'nextjs/authkit-middleware: identity is not taken from headers at %s [attack/header-injection]',
  async (path, { workos }) => {
    const ada = await workos.signIn({ email: 'ada@acme.test' });
    const anonymous = await visit(path, {}, FORGED);
    const signedIn = await visit(path, ada.cookies, FORGED);
    expect(handedOn(anonymous)['x-workos-session']).toBeUndefined();
    expect(handedOn(signedIn)['x-workos-session']).toBe(ada.cookies['wos-session']);
    for (const response of [anonymous, signedIn]) {
      expect(handedOn(response)['x-workos-anything']).toBeUndefined();
      expect([...response.headers.keys()].filter((name) => name.startsWith('x-workos-'))).toEqual(
        [],
      );
    }
  },
);

test('nextjs/authkit-middleware: forged headers do not open a protected page [attack/header-injection]', async () => {
  expect(await visit('/account', {}, FORGED)).toRedirectToAuthKit();
});

test('nextjs/authkit-middleware: a session sealed with another password is no session [attack/cookie]', async ({
  workos,
}) => {
  const cookiePassword = 'the-password-of-some-other-app!!';
  const ada = await workos.signIn({ email: 'ada@acme.test', cookiePassword });
  expect(await visit('/account', ada.cookies)).toRedirectToAuthKit();
});

test.for([
  'garbage',
  'Fe26.2*1*a',
  'Fe26.2*1*a*b*c*d*e*f',
  'Fe26.2*1*a*b*c*d*e*f~2',
  'Fe26.2**a*b*c*9999999999999*e*f~2',
  'a'.repeat(4000),
])(
  'nextjs/authkit-middleware: the damaged session cookie %s is no session and no error [attack/cookie]',
  async (value) => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const response = await visit('/account', { 'wos-session': value });
    expect(response).toRedirectToAuthKit();
    expect(response.headers.getSetCookie().join()).toMatch(/wos-session=;.*Max-Age=0/i);
    warn.mockRestore();
  },
);

test('nextjs/authkit-middleware: an error that is not about the cookie takes it from nobody', async ({
  workos,
}) => {
  const { cookies } = await workos.signIn({ email: 'ada@acme.test' });
  const cookie = `wos-session=${cookies['wos-session']}`;
  const request = new NextRequest('http://localhost:3002/account', { headers: { cookie } });
  const lookUp = () => Promise.reject(new Error('the look-up of a tenant failed'));
  await expect(withoutDamagedSession(request, lookUp)).rejects.toThrow('tenant');
  expect(request.cookies.has('wos-session')).toBe(true);
});

test('ask/organization-kept: the organization that was chosen survives a refresh', async ({
  workos,
}) => {
  const grace = await workos.signIn({ email: 'grace@acme.test', organization: 'Acme' });
  const { cookies } = await inRequest('/account', grace.cookies, () =>
    refreshSession({ organizationId: 'org_globex' }),
  );
  await workos.clock.advance({ minutes: 6 });
  expect(await visit('/account', cookies)).toSetSessionCookie();
  const { result } = await inRequest('/account', cookies, () => withAuth());
  expect(result).toMatchObject({ user: { id: 'user_grace' }, organizationId: 'org_globex' });
});

test('trap/manual-redirect-drops-verifier: the URL of authkit(), redirected to by hand, has no cookie, and the callback says "Auth cookie missing"', async () => {
  const log = vi.spyOn(console, 'error').mockReturnValue();
  const headers = { accept: 'text/html' };
  const { authorizationUrl = '' } = await authkit(
    new NextRequest('http://localhost:3002/account', { headers }),
  );
  const naive = NextResponse.redirect(authorizationUrl);
  expect(naive.headers.getSetCookie()).toEqual([]);
  const state = new URL(authorizationUrl).searchParams.get('state');
  await callback(new NextRequest(`http://localhost:3002/callback?code=x&state=${state}`));
  expect(String(log.mock.calls[0]?.[1])).toContain('Auth cookie missing');
  log.mockRestore();
  // The safe form.
  expect((await visit('/account')).headers.getSetCookie().join()).toContain('wos-auth-verifier');
});

test('ask/cookie-budget: public pages leave no verifier', async () => {
  expect((await visit('/')).headers.getSetCookie()).toEqual([]);
});

// The middleware itself begins the last one.
const BEGIN = { '/sign-in': signIn, '/sign-up': signUp, '/account': undefined };

test.for(
  Object.entries(BEGIN).flatMap(([path, route]) =>
    // The second as long as a return path can be, before a browser refuses the cookie.
    ['', `?returnTo=/${'a'.repeat(2_600)}`].map((query) => [path, query, route] as const),
  ),
)(
  'ask/cookie-budget: forty unfinished sign-ins at %s leave room in a browser',
  async ([path, query, route]) => {
    const jar = new Map<string, string>();
    for (let i = 0; i < 40; i++) {
      const url = path + query;
      const response = await visit(url, Object.fromEntries(jar));
      if (!route) expect(response).toRedirectToAuthKit();
      const begun = route && (await inRequest(url, Object.fromEntries(jar), route));
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === '') jar.delete(name);
        else jar.set(name, value);
      }
      for (const [name, value] of Object.entries(begun?.cookies ?? {})) jar.set(name, value);
    }
    expect(jar.size).toBeGreaterThan(0);
    const bytes = [...jar].reduce((sum, [name, value]) => sum + name.length + value.length + 3, 0);
    // With a session of 4 KB it is 12 KB; Node.js answers 431 from 16 KB of headers.
    expect(bytes).toBeLessThan(8_192);
  },
);

test.for([
  [50, 'http://localhost:3000/account'],
  [100, 'http://localhost:3000/sign-in-failed?reason=session_too_large'],
] as const)(
  'ask/cookie-budget, trap/cookie-too-large: with %i permissions a sign-in ends at %s',
  async ([count, end], { workos }) => {
    const log = vi.spyOn(console, 'error').mockReturnValue();
    const many = Array.from({ length: count }, (_, i) => ({
      slug: `resource${i}:edit`,
      name: `Edit ${i}`,
    }));
    await workos.reset({
      ...defaultSeed,
      permissions: [...defaultSeed.permissions, ...many],
      roles: defaultSeed.roles.map((role) => ({
        ...role,
        permissions: [...role.permissions, ...many.map(({ slug }) => slug)],
      })),
    });
    const start = await inRequest('/sign-in', {}, signIn);
    expect((await finishSignIn(start, 'ada@acme.test')).location).toBe(end);
    log.mockRestore();
  },
);
