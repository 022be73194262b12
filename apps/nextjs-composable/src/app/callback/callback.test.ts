import { inspect } from 'node:util';
import { NextRequest } from 'next/server';
import { vi } from 'vitest';
import { expect, test } from 'workos-mock/vitest';
import { finishSignIn } from '../../../test/finish-sign-in';
import { inRequest } from '../../../test/in-request';
import { NO_ANSWER, withoutWaits } from '../../../test/no-answer';
import { cookieHeader, ORIGIN, visit } from '../../../test/visit';
import { hideErrorFields } from '../../hide-error-fields';
import { GET as signIn } from '../sign-in/route';
import { GET } from './route';

const AUTHENTICATE = 'POST /user_management/authenticate';

/** Begins a sign-in as a browser does, and gives what the browser holds then. */
async function begin() {
  const response = await visit('/de/konto?tab=1');
  const state = new URL(response.headers.get('location') ?? '').searchParams.get('state') ?? '';
  const [cookie = ''] = response.headers.getSetCookie().map((line) => line.split(';')[0]);
  return { state, cookie };
}

/** Comes back from AuthKit after “Cancel”, and tells which page the person sees. */
async function cancel(state: string, cookie: string) {
  const log = vi.spyOn(console, 'error').mockReturnValue();
  const query = new URLSearchParams({ error: 'access_denied', state });
  const headers = { cookie, host: 'localhost:3000' };
  const response = await GET(new NextRequest(`${ORIGIN}/callback?${query}`, { headers }));
  log.mockRestore();
  return response.headers.get('location');
}

test('ask/deep-link: who cancels and tries again still comes to the page', async () => {
  const { state, cookie } = await begin();
  expect(await cancel(state, cookie)).toBe(
    `${ORIGIN}/sign-in-failed?reason=access_denied&returnTo=${encodeURIComponent('/de/konto?tab=1')}`,
  );
});

test('ask/deep-link: a state that this browser did not bring along leads nowhere [attack/open-redirect]', async () => {
  const [mine, theirs] = [await begin(), await begin()];
  const notASeal = cookieHeader({ 'wos-auth-verifier': 'not-a-seal' });
  for (const [state, cookie] of [
    [theirs.state, ''],
    [theirs.state, mine.cookie],
    ['not-a-seal', notASeal],
  ] as const) {
    expect(await cancel(state, cookie)).toBe(`${ORIGIN}/sign-in-failed?reason=access_denied`);
  }
});

/** What the log may not have in it: credentials, and whatever else WorkOS answers. */
const SECRETS =
  /sk_test_default|a-cookie-password|Fe26\.2|eyJ|(access|refresh)_token|code_verifier/;

/** A sign-in as far as its end at the callback, with what the log says to it as the app runs. */
async function signInThrough(fault?: () => Promise<void>) {
  const { error, warn, log } = console;
  const written = vi.spyOn(console, 'error').mockReturnValue();
  hideErrorFields();
  const start = await inRequest('/sign-in?returnTo=/de/konto?tab=1', {}, signIn);
  await fault?.();
  const end = await finishSignIn(start, 'ada@acme.test');
  const logged = inspect(written.mock.calls, { depth: 10 });
  Object.assign(console, { error, warn, log });
  written.mockRestore();
  return { ...end, logged, headers: end.response?.headers ?? new Headers() };
}

const failed = (reason: string) =>
  `${ORIGIN}/sign-in-failed?reason=${reason}&returnTo=${encodeURIComponent('/de/konto?tab=1')}`;

test.for(Object.entries(NO_ANSWER))(
  'nextjs/dynamic-redirect-uri: %s at the callback is a page that says so, no half session, and the next sign-in works [fault/callback]',
  async ([, { fault, isDone }], { workos }) => {
    withoutWaits();
    const { callback, headers, lines, location, logged } = await signInThrough(() =>
      fault(workos, { times: 10 }),
    );
    expect(location).toBe(failed('workos_unavailable'));
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
    expect(next.location).toBe(`${ORIGIN}/de/konto?tab=1`);
    expect(next.cookies['wos-session']).toBeTruthy();
  },
);

test('nextjs/dynamic-redirect-uri: an answer that is lost once costs another sign-in: the SDK tries the code again, which is used up [fault/callback]', async ({
  workos,
}) => {
  withoutWaits();
  const { headers, lines, location } = await signInThrough(() =>
    workos.dropNext(AUTHENTICATE, { after: true }),
  );
  expect(location).toBe(failed('not_finished'));
  expect([...lines, ...headers.getSetCookie()].join()).not.toContain('wos-session');
  const tries = await workos.requests({ endpoint: AUTHENTICATE });
  expect(tries.map(({ status, error }) => error ?? status)).toEqual([0, 'invalid_grant']);
  expect(await workos.sessions()).toHaveLength(1);
  expect((await signInThrough()).cookies['wos-session']).toBeTruthy();
});
