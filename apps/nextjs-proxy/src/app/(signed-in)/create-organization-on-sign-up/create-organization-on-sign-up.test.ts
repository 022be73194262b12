import { getWorkOS, withAuth } from '@workos-inc/authkit-nextjs';
import { expect, test } from 'workos-mock/vitest';
import { finishSignIn } from '../../../../test/finish-sign-in';
import { inRequest } from '../../../../test/in-request';
import { withoutWaits } from '../../../../test/no-answer';
import { organizationsOf } from '../get-workos/get-workos';
import { createOrganizationFor } from './create-organization-on-sign-up';
import { GET } from './sign-up/route';

/** As the form of the page does, or a link elsewhere. */
const beginSignUp = (name = 'Initech', from = 'same-origin') =>
  inRequest(`/create-organization-on-sign-up/sign-up?name=${encodeURIComponent(name)}`, {}, GET, {
    headers: { 'sec-fetch-site': from },
  });

test('nextjs/create-organization-on-sign-up: a new person is admin of their own', async ({
  workos,
}) => {
  const user = await workos.createUser();
  const { cookies } = await finishSignIn(await beginSignUp(), user.email);
  const [organization] = await organizationsOf(user.id);
  expect(organization?.name).toBe('Initech');
  const { result } = await inRequest(
    '/account',
    { 'wos-session': cookies['wos-session'] ?? '' },
    () => withAuth(),
  );
  expect(result).toMatchObject({ organizationId: organization?.id, role: 'admin' });
});

test('nextjs/create-organization-on-sign-up: twice, at once or later, makes one [fault/server-api]', async ({
  workos,
}) => {
  const user = await workos.createUser();
  const starts = await Promise.all([beginSignUp(), beginSignUp()]);
  await Promise.all(starts.map((start) => finishSignIn(start, user.email)));
  await finishSignIn(await beginSignUp(), user.email);
  expect(await organizationsOf(user.id)).toHaveLength(1);
});

/** Every organization that there is: one that nobody is a member of, too. */
const organizationNames = async () =>
  (await getWorkOS().organizations.listOrganizations({ limit: 100 })).data.map(({ name }) => name);

// Once, and the SDK tries again; or as often as it tries.
test.for([
  ['POST /organizations', 1],
  ['POST /organizations', 4],
  ['POST /user_management/organization_memberships', 1],
  ['POST /user_management/organization_memberships', 4],
] as const)(
  'nextjs/create-organization-on-sign-up: the answer of %s is lost %i times, and nothing is made twice [fault/server-api]',
  async ([endpoint, times], { workos }) => {
    withoutWaits();
    const user = await workos.createUser();
    const before = await organizationNames();
    await workos.dropNext(endpoint, { after: true }, { times });
    const { cookies } = await finishSignIn(await beginSignUp(), user.email);
    await finishSignIn(await beginSignUp(), user.email);
    expect((await organizationNames()).toSorted()).toEqual([...before, 'Initech'].toSorted());
    const { data } = await getWorkOS().userManagement.listOrganizationMemberships({
      userId: user.id,
    });
    expect(data).toHaveLength(1);
    // The first of the two was signed in to it already.
    const session = { 'wos-session': cookies['wos-session'] ?? '' };
    const { result } = await inRequest('/account', session, () => withAuth());
    expect(result).toMatchObject({ organizationId: data[0]?.organizationId, role: 'admin' });
  },
);

test('nextjs/create-organization-on-sign-up: where WorkOS knows the idempotency key no longer, the external id finds the first one [fault/server-api]', async ({
  workos,
}) => {
  const user = await workos.createUser();
  const before = await organizationNames();
  // What is left of a callback that stopped halfway, as if with another key.
  const { id } = await getWorkOS().organizations.createOrganization({
    name: 'Initech',
    externalId: user.id,
  });
  await finishSignIn(await beginSignUp(), user.email);
  expect(await organizationNames()).toHaveLength(before.length + 1);
  expect((await organizationsOf(user.id)).map((one) => one.id)).toEqual([id]);
});

test('nextjs/create-organization-on-sign-up: half of it done is finished the next time [fault/server-api]', async ({
  workos,
}) => {
  const user = await workos.createUser();
  await workos.failNext('POST /user_management/organization_memberships', {
    status: 422,
    body: { message: 'no' },
  });
  const first = await finishSignIn(await beginSignUp(), user.email);
  expect(first.location).toContain('/sign-in-failed');
  expect(first.cookies['wos-session']).toBe('');
  await finishSignIn(await beginSignUp(), user.email);
  expect(await organizationsOf(user.id)).toHaveLength(1);
});

test('nextjs/create-organization-on-sign-up: who was put out of their own organization does not come back as its admin', async ({
  workos,
}) => {
  const { userManagement } = getWorkOS();
  const founder = await workos.createUser();
  await finishSignIn(await beginSignUp(), founder.email);
  const [organization] = await organizationsOf(founder.id);
  const organizationId = organization?.id ?? '';
  const statusOf = async () => {
    const statuses: ('active' | 'inactive')[] = ['active', 'inactive'];
    const options = { userId: founder.id, organizationId, statuses };
    const { data } = await userManagement.listOrganizationMemberships(options);
    return data[0];
  };

  const membership = await statusOf();
  await userManagement.deactivateOrganizationMembership(membership?.id ?? '');
  await finishSignIn(await beginSignUp(), founder.email);
  expect((await statusOf())?.status).toBe('inactive');

  const admin = await workos.createUser();
  const membershipOfAdmin = { organizationId, userId: admin.id, roleSlug: 'admin' };
  await userManagement.createOrganizationMembership(membershipOfAdmin);
  await userManagement.deleteOrganizationMembership(membership?.id ?? '');
  await finishSignIn(await beginSignUp(), founder.email);
  expect(await statusOf()).toBeUndefined();
});

test('nextjs/create-organization-on-sign-up: a member elsewhere gets none', async ({ workos }) => {
  const { user, cookies } = await workos.signIn({ email: 'ada@acme.test' });
  const before = await organizationsOf(user.id);
  const ada = { id: user.id } as Parameters<typeof createOrganizationFor>[0];
  const { result } = await inRequest('/account', cookies, () => createOrganizationFor(ada, 'Mine'));
  expect(result).toBeUndefined();
  expect(await organizationsOf(user.id)).toEqual(before);
});

test.for(['cross-site', 'same-site', 'none'])(
  'nextjs/create-organization-on-sign-up: a link (%s) makes nobody an organization',
  async (from) => {
    const { redirect } = await beginSignUp('Pay at evil.example', from);
    expect(redirect).toBe('/create-organization-on-sign-up');
  },
);

test.for([
  ['  ', 'My organization'],
  ['a'.repeat(70), 'a'.repeat(60)],
] as const)(
  'nextjs/create-organization-on-sign-up: the name "%s" becomes one that fits',
  async ([typed, name], { workos }) => {
    const user = await workos.createUser();
    await finishSignIn(await beginSignUp(typed), user.email);
    expect((await organizationsOf(user.id)).map((one) => one.name)).toEqual([name]);
  },
);
