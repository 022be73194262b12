import { expect, test, type TestMock } from '../src/vitest.ts';
import { redirectUri, sdk, startSignIn } from './sdk.ts';

/** A browser without JavaScript: it keeps cookies and submits forms. */
function browser(workos: TestMock) {
  let cookie = '';
  const visit = async (url: string, form?: Record<string, string>) => {
    const response = await fetch(new URL(url, workos.url), {
      method: form ? 'POST' : 'GET',
      headers: cookie ? { cookie } : {},
      redirect: 'manual',
      ...(form && { body: new URLSearchParams(form) }),
    });
    const [set] = response.headers.getSetCookie();
    if (set) cookie = set.split(';')[0]!;
    return { response, html: await response.text(), location: response.headers.get('location') };
  };
  return visit;
}

/** Opens the sign-in page of a fresh sign-in. */
async function openSignIn(workos: TestMock, options: { organizationId?: string } = {}) {
  const visit = browser(workos);
  const { url, codeVerifier, state } = await startSignIn(workos, options);
  const { location } = await visit(url);
  const id = new URL(location!, workos.url).searchParams.get('authorization_session_id')!;
  const page = await visit(location!);
  return { visit, page, codeVerifier, state, form: { authorization_session_id: id } };
}

test('a seeded person signs in with one click', async ({ workos }) => {
  const { visit, page, form, codeVerifier, state } = await openSignIn(workos);
  expect(page.html).toContain('Ada Lovelace');
  const { location } = await visit('/authkit/sign-in', { ...form, user_id: 'user_ada' });
  const callback = new URL(location!);
  expect(callback.href.startsWith(redirectUri)).toBe(true);
  expect(callback.searchParams.get('state')).toBe(state);
  const { user } = await sdk(workos).userManagement.authenticateWithCode({
    code: callback.searchParams.get('code')!,
    codeVerifier,
  });
  expect(user.id).toBe('user_ada');
});

test('a password signs in; a wrong one says so and keeps the address', async ({ workos }) => {
  const { visit, form } = await openSignIn(workos);
  const ada = { ...form, email: 'ada@acme.test' };
  const wrong = await visit('/authkit/sign-in', { ...ada, password: 'nonsense' });
  expect(wrong.response.status).toBe(400);
  expect(wrong.html).toContain('role="alert"');
  expect(wrong.html).toContain('value="ada@acme.test"');
  const right = await visit('/authkit/sign-in', { ...ada, password: 'password' });
  expect(right.location).toContain('code=');
});

test('who is in several organizations chooses one', async ({ workos }) => {
  const { visit, form, codeVerifier } = await openSignIn(workos);
  const picker = await visit('/authkit/sign-in', { ...form, user_id: 'user_grace' });
  expect(picker.html).toContain('Choose an organization');
  const foreign = await visit('/authkit/organization', { ...form, organization_id: 'org_nope' });
  expect(foreign.response.status).toBe(400);
  const { location } = await visit('/authkit/organization', {
    ...form,
    organization_id: 'org_globex',
  });
  const session = await sdk(workos).userManagement.authenticateWithCode({
    code: new URL(location!).searchParams.get('code')!,
    codeVerifier,
  });
  expect(session.organizationId).toBe('org_globex');
});

test('an organization that the app asks for is not asked again', async ({ workos }) => {
  const { visit, form } = await openSignIn(workos, { organizationId: 'org_globex' });
  const grace = await visit('/authkit/sign-in', { ...form, user_id: 'user_grace' });
  expect(grace.location).toContain('code=');
});

test('a new person signs up, verifies the address and is signed in', async ({ workos }) => {
  const { visit, form, codeVerifier } = await openSignIn(workos);
  const fields = { ...form, email: 'new@example.test', first_name: '<b>New</b>', last_name: '' };
  const weak = await visit('/authkit/sign-up', { ...fields, password: 'short' });
  expect(weak.html).toContain('at least 8 characters');
  expect(weak.html).not.toContain('<b>New');
  const page = await visit('/authkit/sign-up', { ...fields, password: 'long enough' });
  const code = /<code>(\d{6})<\/code>/.exec(page.html)![1]!;
  const wrong = await visit('/authkit/code', { ...form, code: 'nonsense' });
  expect(wrong.html).toContain('The code is incorrect.');
  const { location } = await visit('/authkit/code', { ...form, code });
  const { user } = await sdk(workos).userManagement.authenticateWithCode({
    code: new URL(location!).searchParams.get('code')!,
    codeVerifier,
  });
  expect(user).toMatchObject({ email: 'new@example.test', emailVerified: true });
});

test('a code by e-mail signs in', async ({ workos }) => {
  const { visit, form } = await openSignIn(workos);
  const unknown = await visit('/authkit/magic-auth', { ...form, email: 'nobody@example.test' });
  expect(unknown.html).toContain('Nobody has the e-mail address');
  const page = await visit('/authkit/magic-auth', { ...form, email: 'linus@hey.test' });
  const code = /<code>(\d{6})<\/code>/.exec(page.html)![1]!;
  expect((await visit('/authkit/code', { ...form, code })).location).toContain('code=');
});

test('cancel goes back with access_denied and the state', async ({ workos }) => {
  const { visit, form, state } = await openSignIn(workos);
  const { location } = await visit('/authkit/cancel', form);
  const { searchParams } = new URL(location!);
  expect(searchParams.get('error')).toBe('access_denied');
  expect(searchParams.get('state')).toBe(state);
  expect((await visit('/authkit/cancel', form)).html).toContain('finished already');
});

test('an impersonated session says by whom', async ({ workos }) => {
  const { visit, form, codeVerifier } = await openSignIn(workos);
  const { location } = await visit('/authkit/impersonate', {
    ...form,
    impersonator_id: 'user_eve',
    user_id: 'user_ada',
    reason: 'Ticket 42',
  });
  const session = await sdk(workos).userManagement.authenticateWithCode({
    code: new URL(location!).searchParams.get('code')!,
    codeVerifier,
  });
  expect(session).toMatchObject({
    authenticationMethod: 'Impersonation',
    impersonator: { email: 'eve@acme.test', reason: 'Ticket 42' },
  });
});

test('a sign-in belongs to the browser that began it', async ({ workos }) => {
  const { form } = await openSignIn(workos);
  const other = browser(workos);
  const { response, html } = await other('/authkit/sign-in', { ...form, user_id: 'user_ada' });
  expect(response.status).toBe(400);
  expect(html).toContain('begun in another browser');
});

test('the page cannot be framed, is not kept, and names no other origin', async ({ workos }) => {
  const { page } = await openSignIn(workos);
  const { headers } = page.response;
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(headers.get('cache-control')).toBe('no-store');
  expect(page.html).not.toMatch(/<script|(?:src|href)="https?:/);
});
