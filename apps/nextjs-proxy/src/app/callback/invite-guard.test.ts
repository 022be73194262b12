import { getWorkOS } from '@workos-inc/authkit-nextjs';
import { afterEach, vi } from 'vitest';
import { expect, test, type TestMock } from 'workos-mock/vitest';
import { finishSignIn } from '../../../test/finish-sign-in';
import { inRequest } from '../../../test/in-request';
import { GET } from '../sign-in/route';

afterEach(() => vi.unstubAllEnvs());

test('ask/invite-guard: who was never invited gets no session, and a page that says so', async () => {
  vi.stubEnv('SIGN_IN_BY_INVITATION_ONLY', 'true');
  const { location, cookies } = await finishSignIn(
    await inRequest('/sign-in', {}, GET),
    'linus@hey.test',
  );
  expect(location).toBe('http://localhost:3000/sign-in-failed?reason=not_invited');
  expect(cookies['wos-session']).toBe('');
});

test('ask/invite-guard: who comes with another account is asked who they are', async () => {
  const { redirect } = await inRequest('/sign-in?another=true', {}, GET);
  expect(new URL(redirect ?? '').searchParams.get('max_age')).toBe('0');
});

test('ask/invite-guard: a member gets in', async () => {
  vi.stubEnv('SIGN_IN_BY_INVITATION_ONLY', 'true');
  const { cookies } = await finishSignIn(await inRequest('/sign-in', {}, GET), 'ada@acme.test');
  expect(cookies['wos-session']).toBeTruthy();
});

/** Invites somebody to Acme who has an account and no organization. */
async function invite(workos: TestMock) {
  const { email } = await workos.createUser();
  return getWorkOS().userManagement.sendInvitation({ email, organizationId: 'org_acme' });
}

/** Where a sign-in ends that began with the token of an invitation, as the link in the e-mail begins one. */
async function signInWith(invitationToken: string, email: string) {
  const start = await inRequest('/sign-in', {}, GET);
  const url = new URL(start.redirect ?? '');
  url.searchParams.set('invitation_token', invitationToken);
  return (await finishSignIn({ ...start, redirect: url.href }, email)).location;
}

test('ask/invite-guard: who has accepted an invitation gets in, and not before', async ({
  workos,
}) => {
  vi.stubEnv('SIGN_IN_BY_INVITATION_ONLY', 'true');
  const { id, email } = await invite(workos);
  const signIn = async () =>
    (await finishSignIn(await inRequest('/sign-in', {}, GET), email)).location;
  expect(await signIn()).toContain('reason=not_invited');
  await getWorkOS().userManagement.acceptInvitation(id);
  expect(await signIn()).toBe('http://localhost:3000/account');
});

test('ask/invite-guard: an invitation that has expired lets nobody in', async ({ workos }) => {
  vi.stubEnv('SIGN_IN_BY_INVITATION_ONLY', 'true');
  const { id, email, token } = await invite(workos);
  await workos.clock.advance({ days: 8 });
  await expect(getWorkOS().userManagement.acceptInvitation(id)).rejects.toThrow();
  expect(await signInWith(token, email)).toContain('reason=not_invited');
});

test('ask/invite-guard: an invitation to another address lets nobody in', async ({ workos }) => {
  vi.stubEnv('SIGN_IN_BY_INVITATION_ONLY', 'true');
  const { token } = await invite(workos);
  const other = await workos.createUser();
  expect(await signInWith(token, other.email)).toContain('reason=not_invited');
});

test('ask/invite-guard: WorkOS is too busy to be asked: nobody gets in unchecked', async ({
  workos,
}) => {
  vi.stubEnv('SIGN_IN_BY_INVITATION_ONLY', 'true');
  const start = await inRequest('/sign-in', {}, GET);
  await workos.failNext(
    'GET /user_management/organization_memberships',
    { status: 429, body: {}, headers: { 'retry-after': '0' } },
    { times: 4 },
  );
  const { location, cookies } = await finishSignIn(start, 'linus@hey.test');
  expect(location).toBe('http://localhost:3000/sign-in-failed?reason=workos_unavailable');
  expect(cookies['wos-session']).toBe('');
});
