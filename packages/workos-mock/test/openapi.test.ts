import { WorkOS } from '@workos-inc/node';
import { expect, inject, test } from 'vitest';
import { SOCIAL_PROVIDERS } from '../src/authorization.ts';
import { createWorkosMock } from '../src/mock.ts';

/** The real SDK against a fresh mock. `conformance.ts` holds every answer against the document. */
function setUp() {
  const mock = createWorkosMock();
  const answer = (request: Request) => mock.fetch(request);
  const workos = new WorkOS('sk_test_default', {
    clientId: 'client_mock',
    maxRetries: 0,
    fetchFn: (input: RequestInfo | URL, init?: RequestInit) => answer(new Request(input, init)),
  });
  return { mock, workos, answer };
}

const redirectUri = 'http://localhost:3000/callback';

test('users, their sessions and their e-mail verification', async () => {
  const { workos } = setUp();
  const { userManagement } = workos;
  const user = await userManagement.createUser({
    email: 'new@example.test',
    firstName: 'New',
    metadata: { team: 'red' },
    externalId: 'ext_1',
  });
  await userManagement.getUser(user.id);
  await userManagement.getUserByExternalId('ext_1');
  await userManagement.updateUser({ userId: user.id, lastName: 'Person' });
  await userManagement.listUsers({ limit: 2 });
  await userManagement.listUsers({ email: 'ada@acme.test' });
  await userManagement.listUsers({ organizationId: 'org_acme' });
  await userManagement.sendVerificationEmail({ userId: user.id });
  await expect(
    userManagement.verifyEmail({ userId: user.id, code: 'wrong' }),
  ).rejects.toMatchObject({ code: 'email_verification_code_incorrect' });
  await userManagement.getUserIdentities(user.id);
  await userManagement.listSessions(user.id);
  await expect(userManagement.createUser({ email: 'ada@acme.test' })).rejects.toMatchObject({
    code: 'user_creation_error',
  });
  await expect(
    userManagement.createUser({ email: 'short@example.test', password: 'short' }),
  ).rejects.toMatchObject({ code: 'password_strength_error' });
  await userManagement.deleteUser(user.id);
  await expect(userManagement.getUser(user.id)).rejects.toMatchObject({ status: 404 });
});

test('every grant, and what each refuses', async () => {
  const { workos, mock } = setUp();
  const { userManagement } = workos;
  await userManagement.authenticateWithPassword({ email: 'ada@acme.test', password: 'password' });
  await expect(
    userManagement.authenticateWithPassword({ email: 'ada@acme.test', password: 'wrong' }),
  ).rejects.toMatchObject({ code: 'invalid_credentials' });

  const selection = await userManagement
    .authenticateWithPassword({ email: 'grace@acme.test', password: 'password' })
    .catch((error: { code: string; pendingAuthenticationToken: string }) => error);
  expect(selection).toMatchObject({ code: 'organization_selection_required' });
  const selected = await userManagement.authenticateWithOrganizationSelection({
    pendingAuthenticationToken: (selection as { pendingAuthenticationToken: string })
      .pendingAuthenticationToken,
    organizationId: 'org_globex',
  });
  expect(selected.organizationId).toBe('org_globex');
  const refreshed = await userManagement.authenticateWithRefreshToken({
    refreshToken: selected.refreshToken,
    organizationId: 'org_acme',
  });
  expect(refreshed.organizationId).toBe('org_acme');
  await expect(
    userManagement.authenticateWithRefreshToken({ refreshToken: 'nonsense' }),
  ).rejects.toMatchObject({ error: 'invalid_grant' });

  const magic = await userManagement.createMagicAuth({ email: 'linus@hey.test' });
  await userManagement.getMagicAuth(magic.id);
  await userManagement.authenticateWithMagicAuth({ email: magic.email, code: magic.code });
  await expect(
    userManagement.authenticateWithMagicAuth({ email: magic.email, code: magic.code }),
  ).rejects.toMatchObject({ code: 'one_time_code_previously_used' });

  const unverified = await mock.createUser({ emailVerified: false });
  const verification = await userManagement
    .authenticateWithPassword({ email: unverified.email, password: 'password' })
    .catch((error: { rawData: Record<string, string> }) => error);
  const { rawData } = verification as { rawData: Record<string, string> };
  expect(rawData).toMatchObject({ code: 'email_verification_required', email: unverified.email });
  const { code } = await userManagement.getEmailVerification(rawData.email_verification_id!);
  const verified = await userManagement.authenticateWithEmailVerification({
    code,
    pendingAuthenticationToken: rawData.pending_authentication_token!,
  });
  expect(verified.user.emailVerified).toBe(true);
});

test('an authorization code, the keys and the end of the session', async () => {
  const { workos, answer } = setUp();
  const { userManagement } = workos;
  const { url, codeVerifier } = await userManagement.getAuthorizationUrlWithPKCE({
    provider: 'authkit',
    redirectUri,
    loginHint: 'ada@acme.test',
  });
  const response = await answer(new Request(url));
  const code = new URL(response.headers.get('location')!).searchParams.get('code')!;
  const { accessToken } = await userManagement.authenticateWithCode({ code, codeVerifier });
  await expect(userManagement.authenticateWithCode({ code, codeVerifier })).rejects.toMatchObject({
    error: 'invalid_grant',
  });
  await answer(new Request(userManagement.getJwksUrl('client_mock')));
  const { sid } = JSON.parse(atob(accessToken.split('.')[1]!)) as { sid: string };
  const logout = await answer(new Request(userManagement.getLogoutUrl({ sessionId: sid })));
  expect(logout.headers.get('location')).toBe('http://localhost:3000/');
  await userManagement.revokeSession({ sessionId: sid });
});

test('organizations, memberships and invitations', async () => {
  const { workos } = setUp();
  const { organizations, userManagement } = workos;
  const organization = await organizations.createOrganization({
    name: 'Initech',
    domainData: [{ domain: 'initech.test', state: 'verified' as never }],
    externalId: 'ext_org',
    metadata: { plan: 'pro' },
  });
  await organizations.getOrganization(organization.id);
  await organizations.getOrganizationByExternalId('ext_org');
  await organizations.updateOrganization({ organization: organization.id, name: 'Initrode' });
  await organizations.listOrganizations({ domains: ['initech.test'] });
  const membership = await userManagement.createOrganizationMembership({
    organizationId: organization.id,
    userId: 'user_linus',
    roleSlug: 'admin',
  });
  await userManagement.getOrganizationMembership(membership.id);
  await userManagement.listOrganizationMemberships({ userId: 'user_linus' });
  await userManagement.updateOrganizationMembership(membership.id, { roleSlug: 'member' });
  await userManagement.deactivateOrganizationMembership(membership.id);
  await userManagement.reactivateOrganizationMembership(membership.id);
  await expect(
    userManagement.createOrganizationMembership({
      organizationId: organization.id,
      userId: 'user_ada',
      roleSlug: 'emperor',
    }),
  ).rejects.toMatchObject({ code: 'invalid_role' });

  const invite = { email: 'guest@example.test', organizationId: organization.id };
  const invitation = await userManagement.sendInvitation(invite);
  await expect(userManagement.sendInvitation(invite)).rejects.toMatchObject({
    code: 'email_already_invited_to_organization',
  });
  await userManagement.getInvitation(invitation.id);
  await userManagement.findInvitationByToken(invitation.token);
  await userManagement.listInvitations({ organizationId: organization.id });
  await userManagement.resendInvitation(invitation.id);
  await userManagement.createUser({ email: 'guest@example.test' });
  const accepted = await userManagement.acceptInvitation(invitation.id);
  expect(accepted.state).toBe('accepted');
  await expect(userManagement.revokeInvitation(invitation.id)).rejects.toMatchObject({
    code: 'invite_not_pending',
  });
  await userManagement.deleteOrganizationMembership(membership.id);
  await organizations.deleteOrganization(organization.id);
});

test('roles, permissions, API keys and feature flags', async () => {
  const { workos } = setUp();
  const { authorization, apiKeys, featureFlags } = workos;
  await authorization.listEnvironmentRoles();
  await authorization.listOrganizationRoles('org_acme');
  await authorization.createPermission({ slug: 'invoices:read', name: 'Read invoices' });
  await authorization.listPermissions();
  await authorization.createEnvironmentRole({ slug: 'auditor', name: 'Auditor' });
  await authorization.setEnvironmentRolePermissions('auditor', { permissions: ['invoices:read'] });

  const { value, id } = await apiKeys.createOrganizationApiKey({
    organizationId: 'org_acme',
    name: 'CI',
    permissions: ['posts:read'],
  });
  const { apiKey } = await apiKeys.createValidation({ value });
  expect(apiKey).toMatchObject({ id, permissions: ['posts:read'] });
  await apiKeys.listOrganizationApiKeys({ organizationId: 'org_acme' });
  await apiKeys.deleteApiKey(id);
  expect((await apiKeys.createValidation({ value })).apiKey).toBeNull();

  await featureFlags.listFeatureFlags();
  await featureFlags.getFeatureFlag('beta-dashboard');
  await featureFlags.disableFeatureFlag('beta-dashboard');
  await featureFlags.enableFeatureFlag('beta-dashboard');
  await featureFlags.addFlagTarget({ slug: 'beta-dashboard', targetId: 'user_linus' });
  await featureFlags.removeFlagTarget({ slug: 'beta-dashboard', targetId: 'user_linus' });
  await featureFlags.listUserFeatureFlags({ userId: 'user_grace' });
  await featureFlags.listOrganizationFeatureFlags({ organizationId: 'org_acme' });
});

test('password resets', async () => {
  const { workos } = setUp();
  const { userManagement } = workos;
  const reset = await userManagement.createPasswordReset({ email: 'ada@acme.test' });
  await userManagement.getPasswordReset(reset.id);
  const confirm = { token: reset.passwordResetToken, newPassword: 'a new password' };
  await userManagement.resetPassword(confirm);
  await expect(userManagement.resetPassword(confirm)).rejects.toMatchObject({
    code: 'password_reset_error',
  });
  await userManagement.authenticateWithPassword({
    email: 'ada@acme.test',
    password: 'a new password',
  });
});

test('a wrong API key is told nothing', async () => {
  const { answer } = setUp();
  const response = await answer(
    new Request('https://api.workos.com/user_management/users', {
      headers: { authorization: 'Bearer sk_wrong' },
    }),
  );
  expect(response.status).toBe(401);
});

test('single sign-on, directories, second factors, webhook endpoints and events', async () => {
  const { workos, answer, mock } = setUp();
  const { sso, directorySync, multiFactorAuth, webhooks, events, organizations } = workos;
  await sso.listConnections({ organizationId: 'org_acme' });
  await sso.getConnection('conn_acme');
  const url = sso.getAuthorizationUrl({
    clientId: 'client_mock',
    redirectUri,
    connection: 'conn_acme',
    loginHint: 'ada@acme.test',
  });
  const back = await answer(new Request(url));
  const code = new URL(back.headers.get('location')!).searchParams.get('code')!;
  const { accessToken } = await sso.getProfileAndToken({ clientId: 'client_mock', code });
  await sso.getProfile({ accessToken });
  await sso.deleteConnection('conn_acme');

  await directorySync.listDirectories({});
  await directorySync.getDirectory('directory_acme');
  const groups = await directorySync.listGroups({ directory: 'directory_acme' });
  await directorySync.getGroup(groups.data[0]!.id);
  await directorySync.listUsers({ directory: 'directory_acme' });
  await directorySync.getUser('directory_user_ada');
  await directorySync.deleteDirectory('directory_acme');

  const { authenticationFactor: factor } = await multiFactorAuth.createUserAuthFactor({
    userId: 'user_ada',
    type: 'totp',
  });
  await multiFactorAuth.enrollFactor({ type: 'totp', issuer: 'Example', user: 'ada' });
  await multiFactorAuth.enrollFactor({ type: 'sms', phoneNumber: '+15555550100' });
  await multiFactorAuth.getFactor(factor.id);
  await multiFactorAuth.listUserAuthFactors({ userId: 'user_ada' });
  const challenge = await multiFactorAuth.challengeFactor({ authenticationFactorId: factor.id });
  await multiFactorAuth.verifyChallenge({
    authenticationChallengeId: challenge.id,
    code: await mock.mfaCode('user_ada'),
  });
  await multiFactorAuth.deleteFactor(factor.id);

  const endpoint = await webhooks.createWebhookEndpoint({
    endpointUrl: 'http://localhost:9/webhooks',
    events: ['user.created'],
  });
  await webhooks.updateWebhookEndpoint({ id: endpoint.id, status: 'disabled' });
  await webhooks.listWebhookEndpoints();
  await expect(
    webhooks.createWebhookEndpoint({ endpointUrl: 'nowhere', events: ['user.created'] }),
  ).rejects.toMatchObject({ status: 422 });
  await webhooks.deleteWebhookEndpoint({ id: endpoint.id });
  await organizations.createOrganization({ name: 'New' });
  await events.listEvents({ events: ['organization.created'] });
});

test('the providers are those of the document', () => {
  const { paths } = inject('openapi');
  const named = (path: string) =>
    paths[path]?.get?.parameters?.find(({ name }) => name === 'provider')?.schema?.enum;
  expect(named('/user_management/authorize')).toEqual(['authkit', ...SOCIAL_PROVIDERS]);
  expect(named('/sso/authorize')).toEqual(SOCIAL_PROVIDERS);
});
