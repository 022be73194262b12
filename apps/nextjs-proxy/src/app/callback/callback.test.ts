import { inspect } from 'node:util';
import { NextRequest } from 'next/server';
import { vi } from 'vitest';
import { expect, test } from 'workos-mock/vitest';
import { finishSignIn } from '../../../test/finish-sign-in';
import { inRequest } from '../../../test/in-request';
import { NO_ANSWER, withoutPatience, withoutWaits } from '../../../test/no-answer';
import { visit } from '../../../test/visit';
import { hideErrorFields } from '../../hide-error-fields';
import { GET as signIn } from '../sign-in/route';
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

/** What the log may not have in it: credentials, and whatever else WorkOS answers. */
const SECRETS =
  /sk_test_default|a-cookie-password|Fe26\.2|eyJ|(access|refresh)_token|code_verifier/;

/** A sign-in as far as its end at the callback, with what the log says to it as the app runs. */
async function signInThrough(fault?: () => Promise<void>) {
  const { error, warn, log } = console;
  const written = vi.spyOn(console, 'error').mockReturnValue();
  hideErrorFields();
  const start = await inRequest('/sign-in?returnTo=/account?tab=claims', {}, signIn);
  await fault?.();
  const end = await finishSignIn(start, 'ada@acme.test');
  const logged = inspect(written.mock.calls, { depth: 10 });
  Object.assign(console, { error, warn, log });
  written.mockRestore();
  return { ...end, logged, headers: end.response?.headers ?? new Headers() };
}

test.for(Object.entries(NO_ANSWER))(
  'nextjs/handle-auth: %s at the callback is a page that says so, no half session, and the next sign-in works [fault/callback]',
  async ([, { fault, isDone }], { workos }) => {
    withoutWaits();
    const { callback, headers, lines, location, logged } = await signInThrough(() =>
      fault(workos, { times: 10 }),
    );
    expect(location).toBe(failed('workos_unavailable', '/account?tab=claims'));
    expect(headers.get('cache-control')).toContain('no-store');
    // Of cookies nothing but the end of the verifier, so that loading the address again tries no code twice.
    expect([...lines, ...headers.getSetCookie()]).toEqual([
      expect.stringMatching(/^wos-auth-verifier-\w+=; .*Max-Age=0$/),
    ]);
    expect(logged).toContain('[AuthKit callback error]');
    expect(logged).not.toMatch(SECRETS);
    expect(logged).not.toContain(new URLSearchParams(callback.split('?')[1]).get('code'));

    // Where the code was good, WorkOS has a session of which nobody has the tokens.
    expect(await workos.sessions()).toHaveLength(isDone ? 1 : 0);
    await workos.clearFaults();
    const next = await signInThrough();
    expect(next.location).toBe('http://localhost:3000/account?tab=claims');
    expect(next.cookies['wos-session']).toBeTruthy();
  },
);

test('nextjs/handle-auth: an answer that is lost once costs another sign-in: the SDK tries the code again, which is used up [fault/callback]', async ({
  workos,
}) => {
  withoutWaits();
  const { headers, lines, location } = await signInThrough(() =>
    workos.dropNext(AUTHENTICATE, { after: true }),
  );
  expect(location).toBe(failed('code_refused', '/account?tab=claims'));
  expect([...lines, ...headers.getSetCookie()].join()).not.toContain('wos-session');
  const tries = await workos.requests({ endpoint: AUTHENTICATE });
  expect(tries.map(({ status, error }) => error ?? status)).toEqual([0, 'invalid_grant']);
  expect(await workos.sessions()).toHaveLength(1);
  expect((await signInThrough()).cookies['wos-session']).toBeTruthy();
});

test('nextjs/handle-auth: an answer that is late once costs no sign-in [fault/callback]', async ({
  workos,
}) => {
  withoutWaits();
  withoutPatience();
  const { cookies, location } = await signInThrough(() =>
    workos.delayNext(AUTHENTICATE, { hours: 1 }),
  );
  expect(location).toBe('http://localhost:3000/account?tab=claims');
  expect(cookies['wos-session']).toBeTruthy();
});

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
