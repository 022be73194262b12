import { NextRequest } from 'next/server';
import { vi } from 'vitest';
import { expect, test } from 'workos-mock/vitest';
import { visit } from '../../../test/visit';
import { GET } from './route';
import { signInFailure, signInFailures } from './sign-in-failure';

const AUTHENTICATE = 'POST /user_management/authenticate';

/** Begins a sign-in as a browser does, and gives what the browser holds then. */
async function begin() {
  const response = await visit('/account');
  const url = new URL(response.headers.get('location') ?? '');
  const [cookie = ''] = response.headers.getSetCookie().map((line) => line.split(';')[0]);
  return { url, state: url.searchParams.get('state') ?? '', cookie };
}

/** Comes back to the callback, and tells which page the person sees. */
async function callback(params: Record<string, string>, cookie = '') {
  const log = vi.spyOn(console, 'error').mockReturnValue();
  const url = new URL('http://localhost:3000/callback');
  url.search = new URLSearchParams(params).toString();
  const response = await GET(new NextRequest(url, { headers: { cookie } }));
  const logged = JSON.stringify(log.mock.calls);
  log.mockRestore();
  return { response, location: response.headers.get('location'), logged };
}

/** The page that says so; it leads on to the page that was wanted, when this browser began the sign-in. */
const failed = (reason: string, wanted = '') =>
  `http://localhost:3000/sign-in-failed?reason=${reason}${wanted && `&returnTo=${encodeURIComponent(wanted)}`}`;

test.for([
  ['missing_auth_params', {}],
  ['missing_auth_params', { state: 'x' }],
  ['missing_auth_params', { code: 'x' }],
  ['access_denied', { error: 'access_denied', error_description: '<script>alert(1)</script>' }],
  ['not_allowed', { error: 'server_error', state: 'x' }],
  ['missing_pkce_cookie', { code: 'x', state: 'x' }],
] as const)('nextjs/handle-auth: %s has its page for %o', async ([reason, params]) => {
  const { response, location } = await callback(params);
  expect(response.status).toBe(303);
  expect(location).toBe(failed(reason));
  expect(response.headers.get('cache-control')).toContain('no-store');
});

test('nextjs/handle-auth: a state of another sign-in is refused [attack/login-csrf]', async () => {
  const mine = await begin();
  const theirs = await begin();
  const { location } = await callback({ code: 'x', state: theirs.state }, mine.cookie);
  expect(location).toBe(failed('missing_pkce_cookie'));
  const swapped = `${theirs.cookie.split('=')[0]}=${mine.cookie.split('=')[1]}`;
  const { location: second } = await callback({ code: 'x', state: theirs.state }, swapped);
  expect(second).toBe(failed('oauth_state_mismatch'));
});

test('nextjs/handle-auth: a code that WorkOS refuses [attack/code-theft]', async () => {
  const { state, cookie } = await begin();
  const { response, location, logged } = await callback({ code: 'code_stolen', state }, cookie);
  expect(location).toBe(failed('code_refused', '/account'));
  expect(response.headers.getSetCookie().join()).toMatch(/wos-auth-verifier-\w+=; .*Max-Age=0/);
  expect(logged).not.toContain('sk_test_default');
});

test('nextjs/handle-auth: a code that belongs to another sign-in (its verifier does not fit) [attack/code-theft]', async () => {
  const theirs = await begin();
  theirs.url.searchParams.set('login_hint', 'ada@acme.test');
  const back = await fetch(theirs.url, { redirect: 'manual' });
  const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '';
  expect(code).not.toBe('');
  const mine = await begin();
  const { location } = await callback({ code, state: mine.state }, mine.cookie);
  expect(location).toBe(failed('code_refused', '/account'));
});

test.for([
  ['an HTML error page', { status: 502, body: '<h1>Bad gateway</h1>' }],
  ['a JSON error', { status: 503, body: { message: 'down' } }],
  [
    'a rate limit',
    { status: 429, body: { message: 'slow down' }, headers: { 'retry-after': '0' } },
  ],
] as const)(
  'nextjs/handle-auth: WorkOS answers %s [fault/callback]',
  { timeout: 20_000 },
  async ([, answer], { workos }) => {
    const { state, cookie } = await begin();
    await workos.failNext(AUTHENTICATE, answer, { times: 4 });
    const { location } = await callback({ code: 'x', state }, cookie);
    expect(location).toBe(failed('workos_unavailable', '/account'));
  },
);

test('ask/deep-link: who cancels and tries again still comes to the page', async () => {
  const { state, cookie } = await begin();
  const { location } = await callback({ error: 'access_denied', state }, cookie);
  expect(location).toBe(failed('access_denied', '/account'));
});

test('ask/deep-link: a state that this browser did not bring along leads nowhere [attack/open-redirect]', async () => {
  const mine = await begin();
  const theirs = await begin();
  for (const cookie of ['', mine.cookie, `wos-auth-verifier=not-a-seal`]) {
    const state = cookie.endsWith('not-a-seal') ? 'not-a-seal' : theirs.state;
    const { location } = await callback({ error: 'access_denied', state }, cookie);
    expect(location).toBe(failed('access_denied'));
  }
});

test('nextjs/handle-auth: what nobody foresaw has a page too', () => {
  for (const error of [undefined, null, 'text', new Error('x'), { status: 'x' }]) {
    expect(signInFailure(error, new URLSearchParams())).toBe('unknown');
  }
  expect(signInFailures).toContain('unknown');
});
