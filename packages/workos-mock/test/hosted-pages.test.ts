import { createWorkosMock } from '../src/mock.ts';
import { parseSeed } from '../src/seed.ts';
import { expect, test, type TestMock } from '../src/vitest.ts';
import { type Answer, browser } from './hosted-browser.ts';
import { redirectUri, sdk, startSignIn } from './sdk.ts';

/** Opens the sign-in page of a fresh sign-in. */
async function openSignIn(
  workos: TestMock,
  options: { organizationId?: string } = {},
  more: Record<string, string> = {},
) {
  const { url, codeVerifier, state } = await startSignIn(workos, options);
  const address = new URL(url);
  for (const [name, value] of Object.entries(more)) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  const visitor = browser(workos);
  const page = await visitor.go(address);
  /** The code that came back, exchanged by the real SDK. */
  const authenticate = ({ callback }: Answer) => {
    expect(callback?.href).toContain(redirectUri);
    expect(callback?.searchParams.get('state')).toBe(state);
    return sdk(workos).userManagement.authenticateWithCode({
      code: callback?.searchParams.get('code') ?? '',
      codeVerifier,
    });
  };
  return { ...visitor, page, state, authenticate };
}

const codeIn = (html: string) => /<code>(\d{6})<\/code>/.exec(html)?.[1] ?? '';

test('a seeded person signs in with one click', async ({ workos }) => {
  const { page, submit, authenticate } = await openSignIn(workos);
  expect(page.html).toContain('Ada Lovelace');
  const { user } = await authenticate(await submit('/authkit/sign-in', { user_id: 'user_ada' }));
  expect(user.id).toBe('user_ada');
});

test('a password signs in; a wrong one says so and keeps the address', async ({ workos }) => {
  const { submit } = await openSignIn(workos);
  const email = 'ada@acme.test';
  const wrong = await submit('/authkit/sign-in', { email, password: 'nonsense' });
  expect(wrong.status).toBe(400);
  expect(wrong.html).toContain('role="alert"');
  expect(wrong.html).toContain('value="ada@acme.test"');
  const right = await submit('/authkit/sign-in', { email, password: 'password' });
  expect(right.callback?.searchParams.has('code')).toBe(true);
  const { data } = await sdk(workos).events.listEvents({
    events: ['authentication.password_failed', 'authentication.password_succeeded'],
  });
  expect(data.map(({ event }) => event)).toEqual([
    'authentication.password_failed',
    'authentication.password_succeeded',
  ]);
});

test('who is in several organizations chooses one', async ({ workos }) => {
  const { go, submit, hidden, authenticate } = await openSignIn(workos);
  const sent = hidden();
  const picker = await submit('/authkit/sign-in', { user_id: 'user_grace' });
  expect(picker.html).toContain('Choose an organization');
  const foreign = await submit('/authkit/organization', { organization_id: 'org_nope' });
  expect(foreign.html).toContain('not a member');
  await go(`/authkit/organization?${new URLSearchParams(sent)}`);
  const chosen = await submit('/authkit/organization', { organization_id: 'org_globex' });
  expect((await authenticate(chosen)).organizationId).toBe('org_globex');
});

test('an organization that the app asks for is not asked again', async ({ workos }) => {
  const { submit } = await openSignIn(workos, { organizationId: 'org_globex' });
  const grace = await submit('/authkit/sign-in', { user_id: 'user_grace' });
  expect(grace.callback?.searchParams.has('code')).toBe(true);
});

test('who is not a member of it goes back with access_denied', async ({ workos }) => {
  const { submit } = await openSignIn(workos, { organizationId: 'org_globex' });
  const { callback } = await submit('/authkit/sign-in', { user_id: 'user_ada' });
  expect(callback?.searchParams.get('error')).toBe('access_denied');
});

test('a new person signs up, verifies the address and is signed in', async ({ workos }) => {
  const { submit, authenticate } = await openSignIn(workos, {}, { screen_hint: 'sign-up' });
  const fields = { email: 'new@example.test', first_name: '<b>New</b>', last_name: '' };
  const weak = await submit('/authkit/sign-up', { ...fields, password: 'short' });
  expect(weak.html).toContain('at least 8 characters');
  expect(weak.html).not.toContain('<b>New');
  const page = await submit('/authkit/sign-up', { ...fields, password: 'long enough' });
  const wrong = await submit('/authkit/email-verification', { code: 'nonsense' });
  expect(wrong.html).toContain('The code is incorrect.');
  const done = await submit('/authkit/email-verification', { code: codeIn(page.html) });
  const { user } = await authenticate(done);
  expect(user).toMatchObject({ email: 'new@example.test', emailVerified: true });
});

test('whoever has not verified the address does so, whichever way they came', async ({
  workos,
}) => {
  const user = await workos.createUser({ emailVerified: false });
  const ways: Record<string, string>[] = [
    { user_id: user.id },
    { email: user.email, password: 'password' },
  ];
  for (const way of ways) {
    const { submit } = await openSignIn(workos);
    expect((await submit('/authkit/sign-in', way)).path).toBe('/authkit/email-verification');
  }
});

test('a code by e-mail signs in; another can be asked for', async ({ workos }) => {
  const { submit, authenticate } = await openSignIn(workos);
  const unknown = await submit('/authkit/magic-auth', { email: 'nobody@example.test' });
  expect(unknown.html).toContain('Nobody has the e-mail address');
  const first = await submit('/authkit/magic-auth', { email: 'linus@hey.test' });
  const second = await submit('/authkit/magic-auth-code', { again: 'yes' });
  expect(codeIn(second.html)).toMatch(/^\d{6}$/);
  expect(codeIn(second.html)).not.toBe(codeIn(first.html));
  const done = await submit('/authkit/magic-auth-code', { code: codeIn(second.html) });
  const { authenticationMethod } = await authenticate(done);
  expect(authenticationMethod).toBe('MagicAuth');
});

test('a second factor is enrolled at the first sign-in and asked for at the next', async ({
  workos,
}) => {
  await workos.requireMfa();
  const first = await openSignIn(workos);
  const enrollment = await first.submit('/authkit/sign-in', { user_id: 'user_ada' });
  expect(enrollment.path).toBe('/authkit/mfa-enrollment');
  expect(enrollment.html).toContain('data:image/svg+xml;base64,');
  const wrong = await first.submit('/authkit/mfa-enrollment', { code: '000000' });
  expect(wrong.html).toContain('The code is incorrect.');
  const shown = codeIn(enrollment.html);
  await first.authenticate(await first.submit('/authkit/mfa-enrollment', { code: shown }));

  const second = await openSignIn(workos);
  const challenge = await second.submit('/authkit/sign-in', { user_id: 'user_ada' });
  expect(challenge.path).toBe('/authkit/mfa-challenge');
  const replayed = await second.submit('/authkit/mfa-challenge', { code: shown });
  expect(replayed.html).toContain('The code is incorrect.');
  const code = await workos.mfaCode('user_ada');
  const { user } = await second.authenticate(
    await second.submit('/authkit/mfa-challenge', { code }),
  );
  expect(user.id).toBe('user_ada');
});

test('single sign-on: the address leads to the identity provider, and back', async ({ workos }) => {
  const { submit, authenticate } = await openSignIn(workos);
  const nowhere = await submit('/authkit/sso', { email: 'linus@hey.test' });
  expect(nowhere.html).toContain('No organization has single sign-on for linus@hey.test.');
  const provider = await submit('/authkit/sso', { email: 'grace@acme.test' });
  expect(provider.html).toContain('Acme Okta');
  expect(provider.html).not.toContain('linus@hey.test');
  const choice = { connection: 'conn_acme', user_id: 'user_grace' };
  // Her two organizations are not asked about: the connection belongs to one.
  const session = await authenticate(await submit('/authkit/provider', choice));
  expect(session).toMatchObject({ organizationId: 'org_acme', authenticationMethod: 'SSO' });
});

test.for([
  ['a new colleague becomes a member', 'new@acme.test', null],
  ['a stranger does not', 'new@elsewhere.test', 'profile_not_allowed_outside_organization'],
] as const)('the identity provider knows others: %s', async ([, email, error], { workos }) => {
  const { submit, authenticate } = await openSignIn(
    workos,
    {},
    { provider: '', connection_id: 'conn_acme' },
  );
  const choice = { connection: 'conn_acme', email, first_name: 'New', last_name: '' };
  const answer = await submit('/authkit/provider', choice);
  expect(answer.callback?.searchParams.get('error')).toBe(error);
  if (error) return;
  const { user, organizationId } = await authenticate(answer);
  expect([user.email, user.emailVerified, organizationId]).toEqual([email, true, 'org_acme']);
});

test('a social provider signs in, and up; cancelling there goes back to the app', async ({
  workos,
}) => {
  const signIn = await openSignIn(workos);
  expect(signIn.page.html).toContain('Continue with Google');
  const known = await openSignIn(workos, {}, { provider: 'GoogleOAuth' });
  expect(known.page.path).toBe('/authkit/provider');
  const provider = { provider: 'GoogleOAuth' };
  const linus = await known.submit('/authkit/provider', { ...provider, user_id: 'user_linus' });
  expect((await known.authenticate(linus)).authenticationMethod).toBe('GoogleOAuth');
  const other = await openSignIn(workos, {}, provider);
  const email = 'new@gmail.test';
  const { user } = await other.authenticate(
    await other.submit('/authkit/provider', { ...provider, email }),
  );
  expect(user).toMatchObject({ email, emailVerified: true });
  const cancelled = await openSignIn(workos, {}, provider);
  const { callback } = await cancelled.submit('/authkit/provider', provider);
  expect(callback?.searchParams.get('error')).toBe('access_denied');
});

test.for([
  ['an unknown connection', { connection_id: 'conn_nope' }, 'connection_invalid'],
  ['an organization without one', { organization_id: 'org_globex' }, 'connection_invalid'],
] as const)('%s cannot be asked for', async ([, params, error], { workos }) => {
  const { page } = await openSignIn(workos, {}, { provider: '', ...params });
  expect(page.callback?.searchParams.get('error')).toBe(error);
});

test.for([
  ['a password', { email: 'pat@acme.test', password: 'password' }],
  ['one click', { user_id: 'user_pat' }],
] as const)(
  'an organization that requires SSO sends on who comes with %s',
  async ([, form], { workos }) => {
    await workos.reset(
      parseSeed({
        organizations: [
          { id: 'org_acme', name: 'Acme', domains: ['acme.test'], ssoRequired: true },
        ],
        connections: [{ id: 'conn_acme', name: 'Acme Okta', organization: 'Acme' }],
        users: [
          {
            id: 'user_pat',
            email: 'pat@acme.test',
            password: 'password',
            memberships: [{ organization: 'Acme' }],
          },
        ],
      }),
    );
    const { submit, authenticate } = await openSignIn(workos);
    const provider = await submit('/authkit/sign-in', form);
    expect(provider.path).toBe('/authkit/provider');
    const choice = { connection: 'conn_acme', user_id: 'user_pat' };
    const session = await authenticate(await submit('/authkit/provider', choice));
    expect(session.authenticationMethod).toBe('SSO');
    const asked = await openSignIn(workos, { organizationId: 'org_acme' });
    expect(asked.page.path).toBe('/authkit/provider');
  },
);

test.for([
  ['the hosted page', {}, 'Password', 'org_acme'],
  ['a social provider', { provider: 'GoogleOAuth' }, 'GoogleOAuth', 'org_acme'],
  ['a connection', { provider: '', connection_id: 'conn_acme' }, 'SSO', 'org_acme'],
  ['an organization', { provider: '', organization_id: 'org_globex' }, 'SSO', 'org_globex'],
] as const)(
  'a login hint is answered at once, by way of %s',
  async ([, params, authenticationMethod, organizationId], { workos }) => {
    const hint = { login_hint: 'grace@acme.test', ...params };
    const { page, authenticate } = await openSignIn(workos, {}, hint);
    expect(await authenticate(page)).toMatchObject({ authenticationMethod, organizationId });
  },
);

test('a login hint of somebody who is not in the organization comes back refused', async ({
  workos,
}) => {
  const hint = { login_hint: 'linus@hey.test', connection_id: 'conn_acme' };
  const { page } = await openSignIn(workos, {}, hint);
  expect(page.callback?.searchParams.get('error')).toBe('access_denied');
});

test('a forgotten password: a link, a new one, and the sign-in goes on', async ({ workos }) => {
  const { go, submit, authenticate } = await openSignIn(workos);
  const nobody = await submit('/authkit/forgot-password', { email: 'nobody@example.test' });
  expect(nobody.html).toContain('Nobody has the e-mail address');
  await submit('/authkit/forgot-password', { email: 'ada@acme.test' });
  const [mail] = await workos.inbox({ email: 'ada@acme.test' });
  const sent = await submit('/authkit/forgot-password', { email: 'ada@acme.test' });
  const link = /href="(\/authkit\/reset-password[^"]+)"/.exec(sent.html)![1]!;
  const page = await go(link.replaceAll('&amp;', '&'));
  expect(page.html).toMatch(/autocomplete="username"[\s\S]*autocomplete="new-password"/);
  const weak = await submit('/authkit/reset-password', { password: 'short' });
  expect(weak.html).toContain('at least 8 characters');
  const { user } = await authenticate(
    await submit('/authkit/reset-password', { password: 'another one' }),
  );
  expect(user.id).toBe('user_ada');
  // The link of the first e-mail, opened on its own.
  const elsewhere = browser(workos);
  await elsewhere.go(mail!.url!);
  const done = await elsewhere.submit('/authkit/reset-password', { password: 'yet another' });
  expect(done.html).toContain('The password is changed');
  expect((await elsewhere.go(mail!.url!)).html).toContain('has been used');
});

test('an app hands on the token of a reset link', async ({ workos }) => {
  const { userManagement } = sdk(workos);
  const reset = await userManagement.createPasswordReset({ email: 'ada@acme.test' });
  const more = { password_reset_token: reset.passwordResetToken };
  const { page, submit, authenticate } = await openSignIn(workos, {}, more);
  expect(page.path).toBe('/authkit/reset-password');
  await authenticate(await submit('/authkit/reset-password', { password: 'another one' }));
});

test('an invitation: its link leads to sign-up, and the new person is a member', async ({
  workos,
}) => {
  const { userManagement } = sdk(workos);
  const email = 'invited@example.test';
  const invitation = await userManagement.sendInvitation({
    email,
    organizationId: 'org_acme',
    roleSlug: 'admin',
  });
  const { go, submit } = browser(workos);
  const page = await go(invitation.acceptInvitationUrl);
  expect(page.html).toContain('as admin');
  const signUp = await submit('/authkit/invitation', { invitation_token: invitation.token });
  expect(signUp.path).toBe('/authkit/sign-up');
  expect(signUp.html).toContain(`value="${email}"`);
  const fields = { first_name: 'In', last_name: 'Vited', password: 'long enough' };
  const other = await submit('/authkit/sign-up', { ...fields, email: 'other@example.test' });
  expect(other.html).toContain(`The invitation was sent to ${email}.`);
  // The address need not be verified: the token came to it.
  const welcome = await submit('/authkit/sign-up', { ...fields, email });
  expect(welcome.html).toContain('You are a member of Acme.');
  const { data } = await userManagement.listOrganizationMemberships({ organizationId: 'org_acme' });
  expect(data.map(({ role }) => role.slug)).toContain('admin');
  expect((await go(invitation.acceptInvitationUrl)).html).toContain('has been used');
});

test('an invitation that the app hands on is accepted by signing in, by nobody else', async ({
  workos,
}) => {
  const { userManagement } = sdk(workos);
  const { token } = await userManagement.sendInvitation({
    email: 'linus@hey.test',
    organizationId: 'org_acme',
  });
  const wrong = await openSignIn(workos, {}, { invitation_token: token });
  expect(wrong.page.html).toContain('linus@hey.test is invited to Acme.');
  const refused = await wrong.submit('/authkit/sign-in', { user_id: 'user_grace' });
  expect(refused.html).toContain('sent to linus@hey.test, not to grace@acme.test');
  const right = await openSignIn(workos, {}, { invitation_token: token });
  const answer = await right.submit('/authkit/sign-in', { user_id: 'user_linus' });
  expect((await right.authenticate(answer)).organizationId).toBe('org_acme');
});

test('cancel goes back with access_denied and the state', async ({ workos }) => {
  const { submit, state } = await openSignIn(workos);
  const { callback } = await submit('/authkit/cancel');
  expect(callback?.searchParams.get('error')).toBe('access_denied');
  expect(callback?.searchParams.get('state')).toBe(state);
  expect((await submit('/authkit/cancel')).html).toContain('finished already');
});

test('an impersonated session says by whom', async ({ workos }) => {
  const { submit, authenticate } = await openSignIn(workos);
  const session = await authenticate(
    await submit('/authkit/impersonate', {
      impersonator_id: 'user_eve',
      user_id: 'user_ada',
      reason: 'Ticket 42',
    }),
  );
  expect(session).toMatchObject({
    authenticationMethod: 'Impersonation',
    impersonator: { email: 'eve@acme.test', reason: 'Ticket 42' },
  });
});

test('nobody is impersonated in an organization that they are not in', async ({ workos }) => {
  const { submit } = await openSignIn(workos, { organizationId: 'org_globex' });
  const { callback } = await submit('/authkit/impersonate', {
    impersonator_id: 'user_eve',
    user_id: 'user_ada',
  });
  expect(callback?.searchParams.get('error')).toBe('access_denied');
});

test('who has left the organization gets no session for a code of before', async ({ workos }) => {
  const { userManagement } = sdk(workos);
  const { submit, authenticate } = await openSignIn(workos, { organizationId: 'org_globex' });
  const answer = await submit('/authkit/sign-in', { user_id: 'user_grace' });
  const { data } = await userManagement.listOrganizationMemberships({
    userId: 'user_grace',
    organizationId: 'org_globex',
  });
  await userManagement.deactivateOrganizationMembership(data[0]!.id);
  await expect(authenticate(answer)).rejects.toMatchObject({ error: 'invalid_grant' });
  expect(await workos.sessions({ user: 'user_grace' })).toEqual([]);
});

test.for([
  ['unknown', 'NobodyOAuth', 'The provider &quot;NobodyOAuth&quot; is unknown.'],
  ['not enabled', 'SlackOAuth', 'The provider &quot;SlackOAuth&quot; is not enabled.'],
])('a provider that is %s is said to the person', async ([, provider, message], { workos }) => {
  const { page } = await openSignIn(workos, {}, { provider: provider! });
  expect([page.status, page.callback]).toEqual([400, null]);
  expect(page.html).toContain(message);
  const query = { client_id: 'client_mock', redirect_uri: redirectUri, response_type: 'code' };
  const sso = await browser(workos).go(
    `/sso/authorize?${new URLSearchParams({ ...query, provider: provider! })}`,
  );
  expect([sso.status, sso.callback]).toEqual([400, null]);
  expect(sso.html).toContain(message);
});

test('a sign-in belongs to the browser that began it', async ({ workos }) => {
  const { hidden } = await openSignIn(workos);
  const other = browser(workos);
  const answer = await other.go('/authkit/sign-in', { ...hidden(), user_id: 'user_ada' });
  expect(answer.status).toBe(400);
  expect(answer.html).toContain('begun in another browser');
});

test('a form of another site is refused, before and after the page was opened [attack/login-csrf]', async ({
  workos,
}) => {
  const { url } = await startSignIn(workos);
  const { headers } = await fetch(url, { redirect: 'manual' });
  const query = new URL(headers.get('location')!, workos.url).searchParams;
  const form = {
    authorization_session_id: query.get('authorization_session_id')!,
    user_id: 'user_ada',
  };
  const victim = browser(workos);
  for (const csrf_token of ['', 'guessed']) {
    const answer = await victim.go('/authkit/sign-in', { ...form, csrf_token });
    expect(answer.html).toContain('not sent from its page');
    await victim.go(new URL(headers.get('location')!, workos.url));
  }
});

test.for([
  ['a code', '/authkit/magic-auth', { email: 'grace@acme.test' }],
  ['a second factor', '/authkit/sign-in', { user_id: 'user_grace' }],
] as const)('no step can be left out: %s', async ([, path, form], { workos }) => {
  await workos.requireMfa();
  const { submit } = await openSignIn(workos);
  await submit(path, form);
  const answer = await submit('/authkit/organization', { organization_id: 'org_acme' });
  expect(answer.html).toContain('This step is over, or another comes first.');
});

test('every page refuses frames and caches, and names no other origin [attack/caching]', async ({
  workos,
}) => {
  const { page, hidden, go } = await openSignIn(workos);
  const id = hidden().authorization_session_id!;
  const pages = [
    page,
    await go(`/authkit/sign-up?authorization_session_id=${id}`),
    await go('/authkit/sign-in?authorization_session_id=nope'),
    await go(`/authkit/provider?authorization_session_id=${id}&provider=GoogleOAuth`),
    await go('/user_management/authorize?client_id=nope'),
    await go(
      `/sso/authorize?client_id=client_mock&response_type=code&connection=conn_acme&redirect_uri=${redirectUri}`,
    ),
  ];
  for (const { headers, html } of pages) {
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
    expect(html).not.toMatch(/<script|(?:src|href)="https?:/);
  }
});

test('a mock without a listening port has the pages as well', async () => {
  const mock = createWorkosMock();
  const response = await mock.fetch(new Request('http://localhost/authkit/sign-in'));
  expect(await response.text()).toContain('This sign-in cannot go on');
});

const hostile = [
  '',
  ' ',
  '"><script>alert(1)</script>',
  "' OR 1=1",
  '\0',
  '\ud83d',
  'a@b@c',
  '../../etc/passwd',
  '__proto__',
  'x'.repeat(20_000),
];

test.for([
  'sign-in',
  'sign-up',
  'magic-auth',
  'magic-auth-code',
  'email-verification',
  'mfa-enrollment',
  'mfa-challenge',
  'sso',
  'provider',
  'organization',
  'impersonate',
  'forgot-password',
  'reset-password',
  'invitation',
  'identity-provider',
  'device',
])(
  'whatever is sent to /authkit/%s, the answer is a page [fuzz/input]',
  async (path, { workos }) => {
    for (const value of hostile) {
      const { submit } = await openSignIn(workos);
      const fields = ['email', 'password', 'first_name', 'code', 'user_id', 'organization_id'];
      const more = [
        'connection',
        'provider',
        'token',
        'invitation_token',
        'impersonator_id',
        'request',
      ];
      const form = Object.fromEntries([...fields, ...more].map((name) => [name, value]));
      const { status, html, callback } = await submit(`/authkit/${path}`, form);
      expect(status).toBeLessThan(500);
      expect(html).not.toContain('<script');
      if (callback) expect(callback.href).toContain(redirectUri);
    }
  },
);

test.for([
  'https://evil.test/callback',
  'http://localhost:3000@evil.test/',
  'http://localhost.evil.test/',
  '//evil.test',
  'http:\\\\evil.test',
  'javascript:alert(1)',
  'data:text/html,x',
])('no redirect to %s [attack/open-redirect]', async (address, { workos }) => {
  const { url } = await startSignIn(workos);
  const start = new URL(url);
  start.searchParams.set('redirect_uri', address);
  for (const more of [{}, { login_hint: 'ada@acme.test' }, { provider: 'GoogleOAuth' }]) {
    for (const [name, value] of Object.entries(more)) start.searchParams.set(name, value);
    const answer = await fetch(start, { redirect: 'manual' });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
  }
});
