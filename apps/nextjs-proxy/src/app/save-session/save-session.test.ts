import { getWorkOS, withAuth } from '@workos-inc/authkit-nextjs';
import { onTestFinished, vi } from 'vitest';
import { defaultSeed } from 'workos-mock';
import { expect, test } from 'workos-mock/vitest';
import { inRequest } from '../../../test/in-request';
import { withoutWaits } from '../../../test/no-answer';
import { chooseOrganization, enterCode, start, type Step } from './save-session';

function act(
  action: (previous: Step, form: FormData) => Promise<Step>,
  previous: Step,
  fields: Record<string, string>,
  cookies = {},
) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return inRequest('/save-session', cookies, () => action(previous, form));
}

const beginning: Step = { step: 'start' };

async function who(cookies: Record<string, string>) {
  return (await inRequest('/account', cookies, () => withAuth())).result;
}

test('nextjs/save-session: a password ends in the same session as the hosted page', async () => {
  const { redirect, cookies } = await act(start, beginning, {
    email: 'ada@acme.test',
    password: 'password',
  });
  expect(redirect).toBe('/account');
  expect(await who(cookies)).toMatchObject({
    user: { id: 'user_ada' },
    organizationId: 'org_acme',
    role: 'admin',
  });
});

test.for([
  ['ada@acme.test', 'wrong'],
  ['nobody@example.test', 'password'],
] as const)('nextjs/save-session: %s with %s gets the same answer', async ([email, password]) => {
  const { result, cookies } = await act(start, beginning, { email, password });
  expect(result).toEqual({ step: 'start', email, message: 'E-mail address or password is wrong.' });
  expect(cookies).toEqual({});
});

test('nextjs/save-session: a person of several organizations chooses', async () => {
  const first = await act(start, beginning, { email: 'grace@acme.test', password: 'password' });
  expect(first.result).toMatchObject({
    step: 'organization',
    organizations: [{ id: 'org_acme' }, { id: 'org_globex' }],
  });
  expect(JSON.stringify(first.result)).not.toContain(first.cookies['pending-sign-in']);
  const fields = { organizationId: 'org_globex' };
  const { cookies } = await act(
    chooseOrganization,
    first.result ?? beginning,
    fields,
    first.cookies,
  );
  expect(await who(cookies)).toMatchObject({
    user: { id: 'user_grace' },
    organizationId: 'org_globex',
  });
  expect(cookies['pending-sign-in']).toBe('');
});

test('nextjs/save-session: an address that is not verified yet', async ({ workos }) => {
  const user = await workos.createUser({ emailVerified: false });
  const first = await act(start, beginning, { email: user.email, password: 'password' });
  expect(first.result).toMatchObject({ step: 'verify' });
  const wrong = await act(enterCode, first.result ?? beginning, { code: '000000' }, first.cookies);
  expect(wrong.result).toMatchObject({ step: 'verify', message: 'That code is wrong or too old.' });
  const code = await emailedCode(user.email);
  const { cookies } = await act(enterCode, first.result ?? beginning, { code }, first.cookies);
  expect(await who(cookies)).toMatchObject({ user: { id: user.id } });
});

test('nextjs/save-session: a code by e-mail', async () => {
  const first = await act(start, beginning, { email: 'ada@acme.test', with: 'code' });
  expect(first.result).toMatchObject({ step: 'code', email: 'ada@acme.test' });
  // The code of a second e-mail: this one the API tells.
  const { code } = await getWorkOS().userManagement.createMagicAuth({ email: 'ada@acme.test' });
  const { cookies } = await act(enterCode, first.result ?? beginning, { code });
  expect(await who(cookies)).toMatchObject({ user: { id: 'user_ada' } });
});

test.for(['mfa_challenge', 'mfa_enrollment', 'radar_challenge'])(
  'nextjs/save-session: a right password that is not enough goes on at the sign-in page: %s',
  async (code, { workos }) => {
    await workos.failNext('POST /user_management/authenticate', {
      status: 403,
      body: { code, message: 'One more step.' },
    });
    const { result } = await act(start, beginning, {
      email: 'ada@acme.test',
      password: 'password',
    });
    expect(result).toMatchObject({ step: 'hosted', email: 'ada@acme.test' });
  },
);

test('nextjs/save-session: whose organization demands single sign-on is sent there, with a right password', async ({
  workos,
}) => {
  await workos.reset({
    organizations: [{ id: 'org_acme', name: 'Acme', ssoRequired: true }],
    users: [
      { email: 'ada@acme.test', password: 'password', memberships: [{ organization: 'Acme' }] },
    ],
    connections: [{ name: 'Okta', organization: 'Acme' }],
  });
  const password = { email: 'ada@acme.test', password: 'password' };
  const { result } = await act(start, beginning, password);
  expect(result).toMatchObject({ step: 'hosted', email: 'ada@acme.test' });
});

test('nextjs/save-session, ask/invite-guard: who is in no organization is not let in by this door either', async () => {
  vi.stubEnv('SIGN_IN_BY_INVITATION_ONLY', 'true');
  onTestFinished(() => void vi.unstubAllEnvs());
  const fields = { password: 'password' };
  const linus = await act(start, beginning, { ...fields, email: 'linus@hey.test' });
  expect(linus.result).toEqual({
    step: 'start',
    message: 'No organization has invited this account.',
  });
  expect(linus.cookies['wos-session']).toBeFalsy();
  const ada = await act(start, beginning, { ...fields, email: 'ada@acme.test' });
  expect(ada.redirect).toBe('/account');
});

test('nextjs/save-session, trap/cookie-too-large: a session that no browser keeps says so', async ({
  workos,
}) => {
  await workos.reset({ ...defaultSeed, jwtTemplate: { filler: 'x'.repeat(4000) } });
  const { result, cookies } = await act(start, beginning, {
    email: 'ada@acme.test',
    password: 'password',
  });
  expect(result).toMatchObject({ step: 'start', message: expect.stringContaining('permissions') });
  expect(cookies['wos-session']).toBeFalsy();
});

test('nextjs/save-session: no code is promised when none was sent', async ({ workos }) => {
  withoutWaits();
  await workos.failNext('POST /user_management/magic_auth', { status: 429 }, { times: 4 });
  const { result } = await act(start, beginning, { email: 'ada@acme.test', with: 'code' });
  expect(result).toMatchObject({ step: 'start', message: 'Too many tries. Wait a minute.' });
});

test('nextjs/save-session: WorkOS is down [fault/server-api]', async ({ workos }) => {
  withoutWaits();
  await workos.failNext('POST /user_management/authenticate', { status: 503 }, { times: 4 });
  const { result } = await act(start, beginning, {
    email: 'ada@acme.test',
    password: 'password',
  });
  expect(result).toMatchObject({ step: 'start', message: 'Sign-in is unavailable. Try again.' });
});

/** What the last e-mail to an address that is not verified says. */
async function emailedCode(email: string): Promise<string> {
  const { userManagement } = getWorkOS();
  const error: unknown = await userManagement
    .authenticateWithPassword({ email, password: 'password' })
    .catch((reason: unknown) => reason);
  const { rawData } = error as { rawData: { email_verification_id: string } };
  return (await userManagement.getEmailVerification(rawData.email_verification_id)).code;
}
