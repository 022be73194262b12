import { expect, test } from '../src/vitest.ts';
import { send } from './raw.ts';
import { sdk, startSignIn } from './sdk.ts';

type Step = [ask: string, body?: object];

const invitations = '/user_management/invitations';
const memberships = '/user_management/organization_memberships';
const ada = '/user_management/users/user_ada';
const roles = '/authorization/organizations/org_acme/roles';

/**
 * Changes by the API, and the events that they make, in order. `$id` is the id that the step before answered. That each
 * fits the vendor's schema is checked in `conformance.ts`.
 */
const CHANGES: [title: string, steps: Step[], events: string[]][] = [
  [
    'a user',
    [
      ['POST /user_management/users', { email: 'new@acme.test' }],
      ['PUT /user_management/users/$id', { first_name: 'New' }],
      ['DELETE /user_management/users/$id'],
    ],
    ['user.created', 'user.updated', 'user.deleted'],
  ],
  [
    'an organization with a domain',
    [
      ['POST /organizations', { name: 'New', domains: ['new.test'] }],
      ['PUT /organizations/$id', { domains: [] }],
      ['DELETE /organizations/$id'],
    ],
    [
      'organization.created',
      'organization_domain.created',
      'organization_domain.deleted',
      'organization.updated',
      'organization.deleted',
    ],
  ],
  [
    'a domain',
    [
      ['POST /organization_domains', { domain: 'new.test', organization_id: 'org_acme' }],
      ['POST /organization_domains/$id/verify'],
      ['DELETE /organization_domains/$id'],
    ],
    [
      'organization_domain.created',
      'organization_domain.updated',
      'organization_domain.verified',
      'organization_domain.deleted',
    ],
  ],
  [
    'a membership',
    [
      [`POST ${memberships}`, { user_id: 'user_linus', organization_id: 'org_acme' }],
      [`PUT ${memberships}/$id`, { role_slug: 'admin' }],
      [`PUT ${memberships}/$id/deactivate`],
      [`DELETE ${memberships}/$id`],
    ],
    [
      'organization_membership.created',
      'organization_membership.updated',
      'organization_membership.updated',
      'organization_membership.deleted',
    ],
  ],
  [
    'an invitation that is revoked',
    [
      [`POST ${invitations}`, { email: 'new@acme.test' }],
      [`POST ${invitations}/$id/resend`],
      [`POST ${invitations}/$id/revoke`],
    ],
    ['invitation.created', 'invitation.resent', 'invitation.revoked'],
  ],
  [
    'an invitation that is accepted',
    [
      [`POST ${invitations}`, { email: 'linus@hey.test', organization_id: 'org_acme' }],
      [`POST ${invitations}/$id/accept`],
    ],
    ['invitation.created', 'invitation.accepted', 'organization_membership.created'],
  ],
  [
    'an API key',
    [['POST /organizations/org_acme/api_keys', { name: 'Key' }], ['DELETE /api_keys/$id']],
    ['api_key.created', 'api_key.revoked'],
  ],
  [
    'a role of the environment',
    [
      ['POST /authorization/roles', { slug: 'auditor', name: 'Auditor' }],
      ['PATCH /authorization/roles/auditor', { name: 'Reader' }],
      ['POST /authorization/roles/auditor/permissions', { slug: 'posts:read' }],
    ],
    ['role.created', 'role.updated', 'role.updated'],
  ],
  [
    'a role of an organization',
    [
      [`POST ${roles}`, { slug: 'org-own', name: 'Own' }],
      [`PATCH ${roles}/org-own`, { name: 'Reader' }],
      [`DELETE ${roles}/org-own`],
    ],
    ['organization_role.created', 'organization_role.updated', 'organization_role.deleted'],
  ],
  [
    'a permission',
    [
      ['POST /authorization/permissions', { slug: 'new', name: 'New' }],
      ['PATCH /authorization/permissions/new', { name: 'Newer' }],
      ['DELETE /authorization/permissions/new'],
    ],
    ['permission.created', 'permission.updated', 'permission.deleted'],
  ],
  [
    'a feature flag, which is told of only when something changes',
    [
      ['PUT /feature-flags/beta-dashboard/enable'],
      ['PUT /feature-flags/beta-dashboard/disable'],
      ['POST /feature-flags/beta-dashboard/targets/user_linus'],
      ['DELETE /feature-flags/beta-dashboard/targets/user_linus'],
    ],
    ['flag.updated', 'flag.rule_updated', 'flag.rule_updated'],
  ],
  [
    'codes and links by e-mail',
    [
      ['POST /user_management/magic_auth', { email: 'ada@acme.test' }],
      ['POST /user_management/password_reset', { email: 'ada@acme.test' }],
    ],
    ['magic_auth.created', 'password_reset.created'],
  ],
  ['a connection', [['DELETE /connections/conn_acme']], ['connection.deleted']],
  [
    'a directory, at once with all in it',
    [['DELETE /directories/directory_acme']],
    ['dsync.deleted'],
  ],
];

test.for(CHANGES)('events of %s', async ([, steps, events], { workos }) => {
  let id = '';
  for (const [ask, body] of steps) {
    const answer = await send(workos, { ask: ask.replace('$id', id), body });
    expect(answer.status).toBeLessThan(300);
    if (typeof answer.json.id === 'string') ({ id } = answer.json as { id: string });
  }
  const { json } = await send(workos, { ask: 'GET /events?limit=100' });
  expect((json.data as { event: string }[]).map(({ event }) => event)).toEqual(events);
});

/** What the events of a test are called, oldest first. */
async function happened(workos: Parameters<typeof send>[0]): Promise<string[]> {
  const { json } = await send(workos, { ask: 'GET /events?limit=100' });
  return (json.data as { event: string }[]).map(({ event }) => event);
}

test('events of a sign-in on the hosted page and of its end', async ({ workos }) => {
  const { userManagement } = sdk(workos);
  const { url, codeVerifier } = await startSignIn(workos, { loginHint: 'ada@acme.test' });
  const response = await fetch(url, { redirect: 'manual' });
  const code = new URL(response.headers.get('location')!).searchParams.get('code')!;
  const { accessToken } = await userManagement.authenticateWithCode({ code, codeVerifier });
  const { sid } = JSON.parse(atob(accessToken.split('.')[1]!)) as { sid: string };
  await userManagement.revokeSession({ sessionId: sid });
  await userManagement.revokeSession({ sessionId: sid });
  expect(await happened(workos)).toEqual([
    'authentication.password_succeeded',
    'session.created',
    'session.revoked',
  ]);
});

test('events of attempts without the page, the failed ones with the reason', async ({ workos }) => {
  const { userManagement } = sdk(workos);
  const email = 'ada@acme.test';
  await expect(
    userManagement.authenticateWithPassword({ email, password: 'wrong' }),
  ).rejects.toThrow();
  await expect(
    userManagement.authenticateWithPassword({ email: 'nobody@acme.test', password: 'x' }),
  ).rejects.toThrow();
  const { code } = await userManagement.createMagicAuth({ email });
  await expect(
    userManagement.authenticateWithMagicAuth({ email, code: 'wrong' }),
  ).rejects.toThrow();
  await userManagement.authenticateWithMagicAuth({ email, code });
  expect(await happened(workos)).toEqual([
    'authentication.password_failed',
    'authentication.password_failed',
    'magic_auth.created',
    'authentication.magic_auth_failed',
    'authentication.magic_auth_succeeded',
    'session.created',
  ]);
  const { data } = await sdk(workos).events.listEvents({
    events: ['authentication.password_failed'],
  });
  expect(data.map((event) => event.data)).toMatchObject([
    { userId: 'user_ada', email, error: { code: 'invalid_credentials' } },
    { userId: null, email: 'nobody@acme.test', error: { code: 'invalid_credentials' } },
  ]);
});

test('no event carries a code, a token or a key', async ({ workos }) => {
  const { userManagement, apiKeys } = sdk(workos);
  const magic = await userManagement.createMagicAuth({ email: 'ada@acme.test' });
  const reset = await userManagement.createPasswordReset({ email: 'ada@acme.test' });
  const invitation = await userManagement.sendInvitation({ email: 'new@acme.test' });
  const key = await apiKeys.createOrganizationApiKey({ organizationId: 'org_acme', name: 'Key' });
  const { text } = await send(workos, { ask: 'GET /events?limit=100' });
  for (const secret of [magic.code, reset.passwordResetToken, invitation.token, key.value]) {
    expect(text).not.toContain(secret);
  }
});

test('events are read forward from where one was, by kind, organization and time', async ({
  workos,
}) => {
  const { organizations } = sdk(workos);
  for (let i = 0; i < 5; i++) await organizations.createOrganization({ name: `O${i}` });
  await send(workos, {
    ask: `POST ${ada}/api_keys`,
    body: { name: 'K', organization_id: 'org_acme' },
  });
  const names = async (query: string) => {
    const { json } = await send(workos, { ask: `GET /events?${query}` });
    const { data, list_metadata: more } = json as {
      data: { id: string; data: { name: string } }[];
      list_metadata: { after: string | null };
    };
    return { names: data.map((event) => event.data.name), after: more.after };
  };
  const first = await names('events=organization.created&limit=2');
  expect(first.names).toEqual(['O0', 'O1']);
  const rest = await names(`events=organization.created&limit=3&after=${first.after}`);
  expect(rest).toEqual({ names: ['O2', 'O3', 'O4'], after: null });
  expect((await names('order=desc&limit=1')).names).toEqual(['K']);
  expect((await names('events=organization.created,api_key.created&limit=10')).names).toHaveLength(
    6,
  );
  expect((await names('range_end=2000-01-01T00:00:00.000Z')).names).toEqual([]);
  for (const query of ['limit=0', 'after=event_none', 'order=x']) {
    expect((await send(workos, { ask: `GET /events?${query}` })).status).toBe(422);
  }
});

test('a change that is refused is not told of', async ({ workos }) => {
  const { json } = await send(workos, {
    ask: 'POST /organizations',
    body: { name: 'New', domain_data: [{ domain: 'new.test', state: 'verified' }] },
  });
  const { status } = await send(workos, {
    ask: `PUT /organizations/${String(json.id)}`,
    body: { domain_data: [], metadata: { key: 'x'.repeat(601) } },
  });
  expect(status).toBe(400);
  expect(await happened(workos)).toEqual(['organization.created', 'organization_domain.created']);
});

test('a deleted person is no organization to a feature flag', async ({ workos }) => {
  const { userManagement } = sdk(workos);
  await userManagement.deleteUser('user_grace');
  const { json } = await send(workos, { ask: 'GET /sdk/feature-flags' });
  expect(json['dark-launch']).toMatchObject({ targets: { users: [], organizations: [] } });
});
