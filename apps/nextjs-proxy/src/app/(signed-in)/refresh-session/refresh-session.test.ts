import { withAuth } from '@workos-inc/authkit-nextjs';
import { expect, test } from 'workos-mock/vitest';
import { inRequest } from '../../../../test/in-request';
import { withoutWaits } from '../../../../test/no-answer';
import { changeOrganization } from './refresh-session';

/** Without a pause: the SDK tries four times. */
const BUSY = { status: 429, body: { message: 'busy' }, headers: { 'retry-after': '0' } };
const AUTHENTICATE = 'POST /user_management/authenticate';

function change(cookies: Record<string, string>, organizationId: string) {
  const form = new FormData();
  form.set('organizationId', organizationId);
  return inRequest('/refresh-session', cookies, () => changeOrganization('', form));
}

async function session(cookies: Record<string, string>) {
  return (await inRequest('/account', cookies, () => withAuth())).result;
}

test('nextjs/refresh-session: role and permissions change with the organization', async ({
  workos,
}) => {
  const grace = await workos.signIn({ email: 'grace@acme.test', organization: 'Acme' });
  expect(await session(grace.cookies)).toMatchObject({
    organizationId: 'org_acme',
    role: 'member',
  });
  const { redirect, cookies } = await change(grace.cookies, 'org_globex');
  expect(redirect).toBe('/refresh-session');
  expect(await session(cookies)).toMatchObject({
    organizationId: 'org_globex',
    role: 'admin',
    permissions: ['posts:read', 'posts:write', 'users:manage'],
  });
});

test('ask/organization-kept: the organization survives a refresh', async ({ workos }) => {
  const grace = await workos.signIn({
    email: 'grace@acme.test',
    organization: 'Globex',
    tokenAge: { minutes: 6 },
  });
  expect(await session(grace.cookies)).toMatchObject({ organizationId: 'org_globex' });
});

test.for([
  ['org_nobody_has', 'You are not a member of that organization.'],
  ['org_globex', 'You are not a member of that organization.'],
  ['', 'Choose an organization.'],
] as const)(
  'nextjs/refresh-session: Ada may not go to "%s" [attack/cross-tenant]',
  async ([organizationId, message], { workos }) => {
    const ada = await workos.signIn({ email: 'ada@acme.test' });
    const { result, cookies } = await change(ada.cookies, organizationId);
    expect(result).toBe(message);
    expect(cookies).toEqual({});
    expect(await session(ada.cookies)).toMatchObject({ organizationId: 'org_acme' });
  },
);

test.for([
  ['sso_required', { status: 400, body: { error: 'sso_required' } }],
  ['mfa_enrollment', { status: 403, body: { code: 'mfa_enrollment', message: 'Enroll.' } }],
] as const)(
  'nextjs/refresh-session: an organization that answers %s is signed in to',
  async ([, answer], { workos }) => {
    const grace = await workos.signIn({ email: 'grace@acme.test', organization: 'Acme' });
    await workos.failNext(AUTHENTICATE, answer);
    const { redirect } = await change(grace.cookies, 'org_globex');
    expect(new URL(redirect ?? '').searchParams.get('organization_id')).toBe('org_globex');
  },
);

test.for([
  ['WorkOS is busy', BUSY],
  ['the page of a gateway before WorkOS', { status: 502, body: '<h1>Bad gateway</h1>' }],
] as const)('nextjs/refresh-session: %s [fault/server-api]', async ([, answer], { workos }) => {
  withoutWaits();
  const grace = await workos.signIn({ email: 'grace@acme.test', organization: 'Acme' });
  await workos.failNext(AUTHENTICATE, answer, { times: 4 });
  const { result, cookies } = await change(grace.cookies, 'org_globex');
  expect(result).toBe('WorkOS does not answer right now. You are still where you were.');
  expect(cookies).toEqual({});
});

test('nextjs/refresh-session: a session that was ended elsewhere is told apart from a refused organization', async ({
  workos,
}) => {
  const grace = await workos.signIn({ email: 'grace@acme.test', organization: 'Acme' });
  await workos.revokeSession(grace.sessionId);
  const { result } = await change(grace.cookies, 'org_globex');
  expect(result).toBe('You are signed out. Sign in again.');
});

test('nextjs/refresh-session: from an expired token, behind a proxy that has just refreshed it', async ({
  workos,
}) => {
  const grace = await workos.signIn({
    email: 'grace@acme.test',
    organization: 'Acme',
    tokenAge: { minutes: 6 },
  });
  const { cookies } = await change(grace.cookies, 'org_globex');
  expect(await session(cookies)).toMatchObject({ organizationId: 'org_globex' });
});

test('nextjs/refresh-session: signed out', async () => {
  const { result } = await change({}, 'org_globex');
  expect(result).toBe('You are signed out. Sign in again.');
});
