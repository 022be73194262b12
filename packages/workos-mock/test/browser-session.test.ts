import { decodeJwt } from 'jose';
import { expect, test, type TestMock } from '../src/vitest.ts';
import { browser } from './hosted-browser.ts';
import { sdk, startSignIn } from './sdk.ts';

type Options = Parameters<typeof startSignIn>[1];

/** A browser in which an app sends people to sign in, as often as wanted. */
function openBrowser(workos: TestMock) {
  const { go, submit } = browser(workos);
  const ask = async (options: Options = {}, more: Record<string, string> = {}) => {
    const { url, codeVerifier } = await startSignIn(workos, options);
    const address = new URL(url);
    for (const [name, value] of Object.entries(more)) address.searchParams.set(name, value);
    return { answer: await go(address), codeVerifier };
  };
  /** Who comes back from an address of the app, and what their token says. */
  const exchange = async (callback: URL | null, codeVerifier: string) => {
    const code = callback?.searchParams.get('code') ?? '';
    const session = await sdk(workos).userManagement.authenticateWithCode({ code, codeVerifier });
    return { ...session, claims: decodeJwt(session.accessToken) };
  };
  return {
    ask,
    submit,
    exchange,
    /** Signs somebody in on the page. */
    async signIn(userId: string, options: Options = {}) {
      const { codeVerifier } = await ask(options);
      const { callback } = await submit('/authkit/sign-in', { user_id: userId });
      return exchange(callback, codeVerifier);
    },
  };
}

test('a browser that has signed in passes without a page, as the same person and as of then', async ({
  workos,
}) => {
  const { ask, exchange, signIn } = openBrowser(workos);
  const first = await signIn('user_ada');
  await workos.clock.advance({ hours: 1 });
  const { answer, codeVerifier } = await ask();
  const second = await exchange(answer.callback, codeVerifier);
  expect(second.user.id).toBe('user_ada');
  expect(second.organizationId).toBe('org_acme');
  expect(second.claims.sid).not.toBe(first.claims.sid);
  expect(second.claims.auth_time).toBe(first.claims.auth_time);
});

test.for([
  ['prompt=login', { prompt: 'login' }],
  ['max_age=0', { max_age: '0' }],
  ['a sign-in that is too old', { max_age: '300' }],
  ['the form for new people', { screen_hint: 'sign-up' }],
  ['somebody else', { login_hint: 'grace@acme.test' }],
] as const)('it is asked again for %s', async ([, more], { workos }) => {
  const { ask, signIn } = openBrowser(workos);
  await signIn('user_ada');
  await workos.clock.advance({ minutes: 10 });
  const { answer } = await ask({}, more);
  // A hint is an answer where nobody sits at the page.
  if ('login_hint' in more) expect(answer.callback?.searchParams.has('code')).toBe(true);
  else expect(answer.path).toMatch(/^\/authkit\/sign-(in|up)$/);
});

test('who proves again who they are has a new time of sign-in', async ({ workos }) => {
  const { ask, submit, exchange, signIn } = openBrowser(workos);
  const first = await signIn('user_ada');
  await workos.clock.advance({ minutes: 10 });
  const { codeVerifier } = await ask({}, { max_age: '300' });
  const { callback } = await submit('/authkit/sign-in', { user_id: 'user_ada' });
  const second = await exchange(callback, codeVerifier);
  const seconds = Number(second.claims.auth_time) - Number(first.claims.auth_time);
  // Not exactly ten minutes: a second of the real clock may end in between.
  expect(seconds).toBeGreaterThanOrEqual(600);
  expect(seconds).toBeLessThan(630);
});

test('an organization that is asked for is entered by its members alone', async ({ workos }) => {
  const { ask, exchange, signIn } = openBrowser(workos);
  await signIn('user_grace', { organizationId: 'org_acme' });
  const globex = await ask({ organizationId: 'org_globex' });
  expect((await exchange(globex.answer.callback, globex.codeVerifier)).organizationId).toBe(
    'org_globex',
  );
  // The last one is the one to go on with.
  const last = await ask();
  expect((await exchange(last.answer.callback, last.codeVerifier)).organizationId).toBe(
    'org_globex',
  );
  const organization = await workos.createOrganization();
  const refused = await ask({ organizationId: organization.id });
  expect(refused.answer.callback?.searchParams.get('error')).toBe('access_denied');
});

test.for(['logout', 'revoke'] as const)(
  'it is forgotten when its session ends by %s',
  async (how, { workos }) => {
    const { ask, signIn } = openBrowser(workos);
    const { claims } = await signIn('user_ada');
    const sessionId = String(claims.sid);
    const logout = sdk(workos).userManagement.getLogoutUrl({ sessionId });
    if (how === 'logout') await fetch(logout, { redirect: 'manual' });
    else await workos.revokeSession(sessionId);
    expect((await ask()).answer.path).toBe('/authkit/sign-in');
  },
);

test('another browser is not known, nor is one whose person was deleted', async ({ workos }) => {
  const { ask, signIn } = openBrowser(workos);
  await signIn('user_ada');
  expect((await openBrowser(workos).ask()).answer.path).toBe('/authkit/sign-in');
  await sdk(workos).userManagement.deleteUser('user_ada');
  expect((await ask()).answer.path).toBe('/authkit/sign-in');
});

test('who impersonates somebody is not known as them the next time', async ({ workos }) => {
  const { ask, submit } = openBrowser(workos);
  await ask();
  await submit('/authkit/impersonate', { user_id: 'user_ada', impersonator_id: 'user_eve' });
  expect((await ask()).answer.path).toBe('/authkit/sign-in');
});
