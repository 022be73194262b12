import { afterEach, vi } from 'vitest';
import { expect, test } from 'workos-mock/vitest';
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
