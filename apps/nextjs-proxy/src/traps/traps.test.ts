import {
  authkit,
  authkitProxy,
  getSignInUrl,
  handleAuth,
  signOut,
  switchToOrganization,
  TokenRefreshError,
  withAuth,
} from '@workos-inc/authkit-nextjs';
import { redirect, unstable_rethrow } from 'next/navigation';
import { type NextFetchEvent, NextRequest, NextResponse } from 'next/server';
import { vi } from 'vitest';
import { defaultSeed } from 'workos-mock';
import { expect, test } from 'workos-mock/vitest';
import { finishSignIn } from '../../test/finish-sign-in';
import { inRequest } from '../../test/in-request';
import { withoutWaits } from '../../test/no-answer';
import { visit } from '../../test/visit';
import { GET as signIn } from '../app/sign-in/route';
import { signOutAction } from '../app/sign-out/sign-out';

// The naive forms and what they do on the installed versions, each beside the safe form. Those that need a server or a browser
// are in e2e/traps.spec.ts.

const AUTHENTICATE = 'POST /user_management/authenticate';
const event = { waitUntil: () => {} } as unknown as NextFetchEvent;

/** The proxy as the README of the SDK has it. */
function naive(cookies: Record<string, string>, options = {}) {
  const cookie = Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
  const request = new NextRequest('http://localhost:3000/account', {
    headers: { accept: 'text/html', cookie },
  });
  return authkitProxy(options)(request, event) as Promise<NextResponse>;
}

const deletes = (response: Response) =>
  response.headers.getSetCookie().some((line) => line.startsWith('wos-session=;'));

test('trap/cookies-in-server-component: a sign-in URL cannot be made while rendering', async () => {
  const url = inRequest('/', {}, () => getSignInUrl(), { rendering: true });
  await expect(url).rejects.toThrow(
    'Cookies can only be modified in a Server Action or Route Handler',
  );
  const page = inRequest('/', {}, () => withAuth({ ensureSignedIn: true }), { rendering: true });
  await expect(page).rejects.toThrow(
    'Cookies can only be modified in a Server Action or Route Handler',
  );
});

test('trap/manual-redirect-drops-verifier: the URL of authkit(), redirected to by hand, has no cookie', async () => {
  const request = new NextRequest('http://localhost:3000/account', {
    headers: { accept: 'text/html' },
  });
  const { authorizationUrl = '' } = await authkit(request);
  expect(NextResponse.redirect(authorizationUrl).headers.getSetCookie()).toEqual([]);
  // The safe form.
  expect((await visit('/account')).headers.getSetCookie().join()).toContain('wos-auth-verifier');
});

test('trap/switch-organization-redirect: what should lead to AuthKit is thrown', async ({
  workos,
}) => {
  for (const answer of [
    { status: 400, body: { error: 'sso_required' } },
    { status: 403, body: { code: 'mfa_enrollment', message: 'Enroll.' } },
  ]) {
    const grace = await workos.signIn({ email: 'grace@acme.test', organization: 'Acme' });
    await workos.failNext(AUTHENTICATE, answer);
    const outcome = inRequest('/', grace.cookies, () => switchToOrganization('org_globex'));
    await expect(outcome).rejects.toThrow(TokenRefreshError);
  }
});

test('trap/next-redirect-in-try: a catch swallows the redirect', async ({ workos }) => {
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  const swallowed = await inRequest('/', ada.cookies, async () => {
    try {
      await signOut();
    } catch {
      return 'not signed out at WorkOS';
    }
    return 'unreachable';
  });
  expect(swallowed).toMatchObject({ result: 'not signed out at WorkOS', redirect: null });
  const safe = await inRequest('/', ada.cookies, () => signOutAction(new FormData()));
  expect(safe.redirect).toContain('/sessions/logout');
});

test('trap/redirect-in-on-success: onError gets the redirect, and may let it through', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const routes = [
    handleAuth({ onSuccess: () => redirect('/welcome') }),
    handleAuth({
      onSuccess: () => redirect('/welcome'),
      onError: ({ error }) => {
        unstable_rethrow(error);
        return Response.json({}, { status: 500 });
      },
    }),
  ];
  const outcomes = [];
  for (const route of routes) {
    const start = await inRequest('/sign-in', {}, signIn);
    const url = new URL(start.redirect ?? '');
    url.searchParams.set('login_hint', 'ada@acme.test');
    const back = new URL((await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '');
    outcomes.push(await inRequest(back.pathname + back.search, start.cookies, route));
  }
  const [naiveForm, safeForm] = outcomes;
  expect(naiveForm?.result?.status).toBe(500);
  expect(naiveForm?.cookies['wos-session']).toBeTruthy();
  expect(safeForm?.redirect).toBe('/welcome');
  expect(safeForm?.cookies['wos-session']).toBeTruthy();
  vi.restoreAllMocks();
});

test('trap/html-5xx-signs-out: an HTML error page of a gateway ends the session, here it does not [fault/refresh]', async ({
  workos,
}) => {
  withoutWaits();
  const ada = await workos.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
  // The SDK tries four times before it gives up.
  await workos.failNext(AUTHENTICATE, { status: 502, body: '<h1>Bad gateway</h1>' }, { times: 8 });
  expect(deletes(await naive(ada.cookies))).toBe(true);
  const response = await visit('/account', ada.cookies);
  expect(deletes(response)).toBe(false);
  expect(response).toSetSessionCookie();
});

test('trap/html-5xx-signs-out: nor where the gateway fails at refreshes alone [fault/refresh]', async ({
  workos,
}) => {
  withoutWaits();
  const ada = await workos.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
  const badGateway = { status: 502, body: '<h1>Bad gateway</h1>' };
  await workos.failNext(AUTHENTICATE, badGateway, { times: 20, grantType: 'refresh_token' });
  const response = await visit('/account', ada.cookies);
  expect(response.status).toBe(503);
  expect(deletes(response)).toBe(false);
});

test('trap/short-tokens: a buffer as long as the tokens live refreshes on every request', async ({
  workos,
}) => {
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  let { cookies } = ada;
  for (let i = 0; i < 3; i++) {
    const [line = ''] = (
      await naive(cookies, { refreshBufferSeconds: 301 })
    ).headers.getSetCookie();
    cookies = { 'wos-session': line.slice('wos-session='.length, line.indexOf(';')) };
  }
  expect(await workos.requests({ endpoint: AUTHENTICATE })).toHaveLength(3);
  // The safe form: the buffer of this app, with tokens of five minutes.
  await workos.clearRequests();
  for (let i = 0; i < 3; i++) await visit('/account', cookies);
  expect(await workos.requests({ endpoint: AUTHENTICATE })).toEqual([]);
});

test('trap/cookie-too-large: a session that browsers would drop is refused in words', async ({
  workos,
}) => {
  vi.spyOn(console, 'error').mockReturnValue();
  const sizes: Record<number, number> = {};
  for (const count of [0, 25, 50, 75, 100]) {
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
    const { cookies } = await workos.signIn({ email: 'ada@acme.test' });
    sizes[count] = 'wos-session'.length + (cookies['wos-session']?.length ?? 0);
    const { location } = await finishSignIn(
      await inRequest('/sign-in', {}, signIn),
      'ada@acme.test',
    );
    const fits = (sizes[count] ?? 0) <= 4096;
    expect(location).toContain(fits ? '/account' : 'reason=session_too_large');
  }
  console.info(`bytes of the session cookie by number of permissions: ${JSON.stringify(sizes)}`);
  expect(sizes[50]).toBeLessThan(4096);
  expect(sizes[100]).toBeGreaterThan(4096);
  vi.restoreAllMocks();
});
