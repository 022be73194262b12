import { env } from 'cloudflare:workers';
import { Browser } from '../test/browser';
import { expect, ORIGIN, test } from '../test/workos';
import { workosFor } from './workos';

const cookiePassword = env.WORKOS_COOKIE_PASSWORD;
const own = (body: object) => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { accept: 'application/json', 'content-type': 'application/json', origin: ORIGIN },
});
const me = { headers: { accept: 'application/json' } };

/** The code as the person reads it in their e-mail. */
async function latestCode(email: string): Promise<string> {
  const { userManagement } = await workosFor(env);
  return (await userManagement.createMagicAuth({ email })).code;
}

test('node/magic-auth: the code from an e-mail signs in, once', async ({ worker }) => {
  const browser = new Browser(worker);
  const sent = await browser.request('/magic-auth', own({ email: 'ada@acme.test' }));
  expect(sent.status).toBe(202);
  expect(await sent.text()).toBe('');
  const code = await latestCode('ada@acme.test');
  const body = own({ email: 'ada@acme.test', code });
  expect((await browser.request('/magic-auth/verify', body)).status).toBe(204);
  expect(await (await browser.request('/me', me)).json()).toMatchObject({
    user: { id: 'user_ada' },
  });
  expect((await new Browser(worker).request('/magic-auth/verify', body)).status).toBe(400);
});

test('node/magic-auth: WorkOS is told who asks for a code, and who takes each step with it', async ({
  worker,
  workos,
}) => {
  const { multiFactorAuth } = await workosFor(env);
  await multiFactorAuth.createUserAuthFactor({ userId: 'user_grace', type: 'totp' });
  const browser = new Browser(worker);
  const send = (path: string, body: object) => {
    const { headers, ...init } = own(body);
    const from = { 'cf-connecting-ip': '203.0.113.7', 'user-agent': 'A browser' };
    return browser.request(path, { ...init, headers: { ...headers, ...from } });
  };
  const email = 'grace@acme.test';
  await send('/magic-auth', { email });
  const asked = await workos.requests({ endpoint: 'POST /user_management/magic_auth' });
  await send('/magic-auth/verify', { email, code: await latestCode(email) });
  await send('/mfa/sign-in', { code: await workos.mfaCode('user_grace') });
  await send('/organization/sign-in', { organizationId: 'org_acme' });
  const steps = await workos.requests({ endpoint: 'POST /user_management/authenticate' });
  const bodies = [...asked, ...steps].map(({ body }) => body);
  const sender = { ip_address: '203.0.113.7', user_agent: 'A browser' };
  expect(bodies).toEqual(Array.from({ length: 4 }, () => expect.objectContaining(sender)));
});

test('node/magic-auth: wrong, used and expired codes are told apart by nobody', async ({
  worker,
  workos,
}) => {
  const answers = new Set<string>();
  const verify = async (code: string) => {
    const browser = new Browser(worker);
    const response = await browser.request(
      '/magic-auth/verify',
      own({ email: 'ada@acme.test', code }),
    );
    expect(response.status).toBe(400);
    expect(browser.cookies.size).toBe(0);
    answers.add(await response.text());
  };
  const code = await latestCode('ada@acme.test');
  await verify(code === '000000' ? '111111' : '000000');
  await workos.clock.advance({ minutes: 11 });
  await verify(code);
  await verify('000000');
  expect(answers.size).toBe(1);
});

test('node/magic-auth: a body without the fields, and another site’s form, are refused', async ({
  worker,
}) => {
  for (const body of [{}, { email: '' }, { email: 7 }, { email: 'x'.repeat(10_001) }]) {
    expect((await worker('/magic-auth', own(body))).status).toBe(422);
  }
  const foreign = await worker('/magic-auth', {
    method: 'POST',
    body: '{"email":"ada@acme.test"}',
    headers: { origin: 'https://evil.example', 'content-type': 'text/plain' },
  });
  expect(foreign.status).toBe(403);
});

test('node/mfa: a sign-in with Magic Auth goes on with the second factor', async ({
  worker,
  workos,
}) => {
  const { multiFactorAuth } = await workosFor(env);
  await multiFactorAuth.createUserAuthFactor({ userId: 'user_ada', type: 'totp' });
  const browser = new Browser(worker);
  const body = own({ email: 'ada@acme.test', code: await latestCode('ada@acme.test') });
  const stopped = await browser.request('/magic-auth/verify', body);
  expect(stopped.status).toBe(403);
  expect(await stopped.json()).toMatchObject({ error: 'mfa_challenge' });
  expect((await browser.request('/me', me)).status).toBe(401);
  const code = await workos.mfaCode('user_ada');
  const wrong = code === '000000' ? '111111' : '000000';
  expect((await browser.request('/mfa/sign-in', own({ code: wrong }))).status).toBe(400);
  expect((await new Browser(worker).request('/mfa/sign-in', own({ code }))).status).toBe(400);
  expect((await browser.request('/mfa/sign-in', own({ code }))).status).toBe(204);
  expect([...browser.cookies.keys()]).toEqual(['wos-session']);
  expect(await (await browser.request('/me', me)).json()).toMatchObject({
    user: { id: 'user_ada' },
  });
});

test('node/mfa: an app that was never scanned asks for no code, and another one for its own', async ({
  worker,
  workos,
}) => {
  const { cookies } = await workos.signIn({ email: 'ada@acme.test', cookiePassword });
  await new Browser(worker, cookies).request('/mfa/enroll', own({}));
  const browser = new Browser(worker);
  const verify = async () =>
    browser.request(
      '/magic-auth/verify',
      own({ email: 'ada@acme.test', code: await latestCode('ada@acme.test') }),
    );
  const stopped = await verify();
  expect(stopped.status).toBe(403);
  expect(await stopped.json()).toMatchObject({ error: 'sign_in_again' });
  expect((await browser.request('/me', me)).status).toBe(401);
  expect((await verify()).status).toBe(204);

  // The page is reloaded: the first picture was never scanned, the second one was.
  await browser.request('/mfa/enroll', own({}));
  await browser.request('/mfa/enroll', own({}));
  const first = await workos.mfaCode('user_ada');
  expect((await browser.request('/mfa/verify', own({ code: first }))).status).toBe(204);
  await workos.clock.advance({ seconds: 30 });
  expect(await (await verify()).json()).toMatchObject({ error: 'mfa_challenge' });
  const code = await workos.mfaCode('user_ada');
  expect((await browser.request('/mfa/sign-in', own({ code }))).status).toBe(204);
});

test('node/magic-auth: a person in two organizations chooses one, and no other', async ({
  worker,
}) => {
  const browser = new Browser(worker);
  const body = own({ email: 'grace@acme.test', code: await latestCode('grace@acme.test') });
  const stopped = await browser.request('/magic-auth/verify', body);
  expect(stopped.status).toBe(403);
  const answer = await stopped.text();
  expect(JSON.parse(answer)).toMatchObject({
    error: 'organization_selection_required',
    organizations: [
      { id: 'org_acme', name: 'Acme' },
      { id: 'org_globex', name: 'Globex' },
    ],
  });
  const pending = browser.cookies.get('wos-pending') ?? '';
  const [, token] = /"pendingAuthenticationToken":"(\w+)"/.exec(decodeURIComponent(pending)) ?? [];
  expect(token).toBeTruthy();
  expect(answer).not.toContain(token);
  expect((await browser.request('/me', me)).status).toBe(401);

  const choose = (organizationId: string) => own({ organizationId });
  const globex = choose('org_globex');
  expect((await new Browser(worker).request('/organization/sign-in', globex)).status).toBe(400);
  const [unsigned = ''] = pending.split('.');
  const forged = new Browser(worker, { 'wos-pending': unsigned });
  expect((await forged.request('/organization/sign-in', globex)).status).toBe(400);
  const refused = await browser.request('/organization/sign-in', choose('org_of_others'));
  expect(refused.status).toBe(403);
  expect((await browser.request('/organization/sign-in', globex)).status).toBe(204);
  expect([...browser.cookies.keys()]).toEqual(['wos-session']);
  expect(await (await browser.request('/me', me)).json()).toMatchObject({
    organizationId: 'org_globex',
    role: 'admin',
  });
});

test('node/magic-auth: whoever takes too long to choose begins again', async ({
  worker,
  workos,
}) => {
  const browser = new Browser(worker);
  const body = own({ email: 'grace@acme.test', code: await latestCode('grace@acme.test') });
  await browser.request('/magic-auth/verify', body);
  await workos.clock.advance({ minutes: 11 });
  const late = await browser.request('/organization/sign-in', own({ organizationId: 'org_acme' }));
  expect(late.status).toBe(400);
  expect(await late.json()).toMatchObject({ error: 'unknown_sign_in' });
});

test('node/mfa: after the second factor there may be a choice of organizations', async ({
  worker,
  workos,
}) => {
  const { multiFactorAuth } = await workosFor(env);
  await multiFactorAuth.createUserAuthFactor({ userId: 'user_grace', type: 'totp' });
  const browser = new Browser(worker);
  const body = own({ email: 'grace@acme.test', code: await latestCode('grace@acme.test') });
  await browser.request('/magic-auth/verify', body);
  const code = await workos.mfaCode('user_grace');
  const stopped = await browser.request('/mfa/sign-in', own({ code }));
  expect(stopped.status).toBe(403);
  expect(await stopped.json()).toMatchObject({ error: 'organization_selection_required' });
  expect([...browser.cookies.keys()]).toEqual(['wos-pending']);
  const chosen = own({ organizationId: 'org_acme' });
  expect((await browser.request('/organization/sign-in', chosen)).status).toBe(204);
  expect(await (await browser.request('/me', me)).json()).toMatchObject({ role: 'member' });
});

test('node/magic-auth: who must come from an identity provider is told so, and where to go', async ({
  worker,
  workos,
}) => {
  await workos.reset({
    organizations: [
      { id: 'org_acme', name: 'Acme' },
      { id: 'org_globex', name: 'Globex', ssoRequired: true, domains: ['globex.test'] },
    ],
    users: [
      { email: 'hal@globex.test', memberships: [{ organization: 'Globex' }] },
      {
        email: 'grace@acme.test',
        memberships: [{ organization: 'Acme' }, { organization: 'Globex' }],
      },
    ],
    connections: [{ name: 'Globex Okta', organization: 'Globex', domains: ['globex.test'] }],
  });
  const verify = async (browser: Browser, email: string) =>
    browser.request('/magic-auth/verify', own({ email, code: await latestCode(email) }));
  const stopped = await verify(new Browser(worker), 'hal@globex.test');
  expect(stopped.status).toBe(403);
  const { error, signIn } = await stopped.json<{ error: string; signIn: string }>();
  expect(error).toBe('sso_required');
  expect(signIn).toBe(`${ORIGIN}/login?login_hint=hal%40globex.test`);
  expect((await new Browser(worker).request(signIn)).status).toBe(302);

  // In an organization that one may choose, it is that one's.
  const browser = new Browser(worker);
  await verify(browser, 'grace@acme.test');
  const globex = own({ organizationId: 'org_globex' });
  const chosen = await browser.request('/organization/sign-in', globex);
  expect(chosen.status).toBe(403);
  expect(await chosen.json()).toMatchObject({
    error: 'sso_required',
    signIn: `${ORIGIN}/login?login_hint=grace%40acme.test&organizationId=org_globex`,
  });
  const acme = own({ organizationId: 'org_acme' });
  expect((await browser.request('/organization/sign-in', acme)).status).toBe(204);
});

test('node/magic-auth: every other step is for the hosted page', async ({ worker, workos }) => {
  await workos.requireMfa();
  const body = own({ email: 'ada@acme.test', code: await latestCode('ada@acme.test') });
  const stopped = await worker('/magic-auth/verify', body);
  expect(stopped.status).toBe(403);
  expect(await stopped.json()).toMatchObject({
    error: 'mfa_enrollment',
    signIn: `${ORIGIN}/login?login_hint=ada%40acme.test`,
  });
});
