import { WorkOS as WorkOS10 } from '@workos-inc/node';
import { WorkOS as WorkOS11 } from 'workos-node-11';
import { WorkOS as WorkOS7 } from 'workos-node-7';
import { WorkOS as WorkOS8 } from 'workos-node-8';
import { createWorkosMock, type WorkosMock } from '../src/mock.ts';
import { expect, test as base, type TestMock } from '../src/vitest.ts';
import { send } from './raw.ts';
import { redirectUri } from './sdk.ts';

/** Every major version in use, by the settings that all of them have. */
const SDKS = [
  ['7', WorkOS7],
  ['8', WorkOS8],
  ['10', WorkOS10],
  ['11', WorkOS11],
] as const;

/** What an error of the SDK says, whatever the version calls its class. */
interface SdkError extends Error {
  status?: number;
  code?: string;
  error?: string;
  rawData?: Record<string, unknown>;
}

const test = base.extend('sdkOf', ({ workos }) => (version: (typeof SDKS)[number][1]) => {
  const { userManagement } = new version('sk_test_default', {
    clientId: 'client_mock',
    apiHostname: workos.hostname,
    port: workos.port,
    https: false,
  });
  // The methods that are used here are the same in all versions.
  return userManagement as InstanceType<typeof WorkOS10>['userManagement'];
});

const ada = { clientId: 'client_mock', email: 'ada@acme.test', password: 'password' };
const failure = (attempt: Promise<unknown>) =>
  attempt.then(
    () => expect.fail('signed in'),
    (error: unknown) => error as SdkError,
  );
/** The code of a step, which version 7 and 8 leave in the raw answer. */
const codeOf = ({ code, error, rawData }: SdkError) => code ?? error ?? rawData?.code;

test.for(SDKS)('v%s: which organization', async ([, version], { sdkOf }) => {
  const userManagement = sdkOf(version);
  const error = await failure(
    userManagement.authenticateWithPassword({ ...ada, email: 'grace@acme.test' }),
  );
  expect(error.status).toBe(403);
  expect(error.rawData).toEqual({
    code: 'organization_selection_required',
    message: 'The user must choose an organization.',
    user: expect.objectContaining({ id: 'user_grace' }),
    organizations: [
      { id: 'org_acme', name: 'Acme' },
      { id: 'org_globex', name: 'Globex' },
    ],
    pending_authentication_token: expect.any(String),
  });
  const pendingAuthenticationToken = String(error.rawData!.pending_authentication_token);
  const select = (organizationId: string) =>
    userManagement.authenticateWithOrganizationSelection({
      clientId: 'client_mock',
      pendingAuthenticationToken,
      organizationId,
    });
  expect(codeOf(await failure(select('org_none')))).toBe('organization_membership_not_found');
  expect((await select('org_globex')).organizationId).toBe('org_globex');
  expect(codeOf(await failure(select('org_globex')))).toBe('invalid_pending_authentication_token');
});

test.for(SDKS)('v%s: whose e-mail address', async ([, version], { workos, sdkOf }) => {
  const userManagement = sdkOf(version);
  const { email } = await workos.createUser({ emailVerified: false });
  const error = await failure(userManagement.authenticateWithPassword({ ...ada, email }));
  expect(error.status).toBe(403);
  expect(error.rawData).toEqual({
    code: 'email_verification_required',
    message: 'Email ownership must be verified.',
    email,
    email_verification_id: expect.stringMatching(/^email_verification_/),
    pending_authentication_token: expect.any(String),
  });
  const { code } = await userManagement.getEmailVerification(
    String(error.rawData!.email_verification_id),
  );
  const verify = (value: string) =>
    userManagement.authenticateWithEmailVerification({
      clientId: 'client_mock',
      code: value,
      pendingAuthenticationToken: String(error.rawData!.pending_authentication_token),
    });
  expect(codeOf(await failure(verify('wrong')))).toBe('invalid_one_time_code');
  expect((await verify(code)).user).toMatchObject({ email, emailVerified: true });
});

test.for(SDKS)('v%s: a second factor', async ([, version], { workos, sdkOf }) => {
  const userManagement = sdkOf(version);
  await workos.requireMfa();
  const enroll = await failure(userManagement.authenticateWithPassword(ada));
  expect(enroll.status).toBe(403);
  expect(enroll.rawData).toEqual({
    code: 'mfa_enrollment',
    message: 'The user must enroll in MFA to finish.',
    user: expect.objectContaining({ id: 'user_ada' }),
    pending_authentication_token: expect.any(String),
  });
  const enrolled = await send(workos, {
    ask: 'POST /user_management/users/user_ada/auth_factors',
    body: { type: 'totp' },
  });
  const finish = async ({ rawData }: SdkError, challenge: unknown) =>
    userManagement.authenticateWithTotp({
      clientId: 'client_mock',
      code: await workos.mfaCode('user_ada'),
      pendingAuthenticationToken: String(rawData!.pending_authentication_token),
      authenticationChallengeId: String((challenge as { id: string }).id),
    });
  const first = await finish(enroll, enrolled.json.authentication_challenge);
  expect(first.user.id).toBe('user_ada');

  const challenge = await failure(userManagement.authenticateWithPassword(ada));
  const factor = enrolled.json.authentication_factor as { id: string };
  expect(challenge.rawData).toMatchObject({
    code: 'mfa_challenge',
    authentication_factors: [{ id: factor.id, type: 'totp' }],
  });
  const asked = await send(workos, { ask: `POST /auth/factors/${factor.id}/challenge` });
  expect((await finish(challenge, asked.json)).organizationId).toBe('org_acme');
});

const ssoSeed = {
  organizations: [{ id: 'org_sso', name: 'Strict', domains: ['strict.test'], ssoRequired: true }],
  connections: [{ id: 'conn_sso', name: 'Okta', organization: 'Strict', domains: ['strict.test'] }],
  users: [
    {
      id: 'user_sam',
      email: 'sam@strict.test',
      password: 'password',
      memberships: [{ organization: 'Strict' }],
    },
  ],
};
const ssoRequired = {
  error: 'sso_required',
  error_description: 'User must authenticate using one of the matching connections.',
  connection_ids: ['conn_sso'],
  email: 'sam@strict.test',
};

test.for(SDKS)(
  'v%s: an organization’s own identity provider',
  async ([name, version], { workos, sdkOf }) => {
    await workos.reset(ssoSeed);
    const error = await failure(
      sdkOf(version).authenticateWithPassword({ ...ada, email: 'sam@strict.test' }),
    );
    expect({ status: error.status, code: codeOf(error) }).toEqual({
      status: 400,
      code: 'sso_required',
    });
    // Versions 7 and 8 read the OAuth shape, later ones the step.
    expect(error.name).toBe(Number(name) < 9 ? 'OauthException' : 'AuthenticationException');
    expect(error.rawData).toEqual(ssoRequired);
  },
);

test('sso_required leads to the identity provider and back into the organization', async ({
  workos,
}) => {
  await workos.reset(ssoSeed);
  const userManagement = client(workos);
  const start = (loginHint?: string) =>
    userManagement.getAuthorizationUrlWithPKCE({
      connectionId: 'conn_sso',
      redirectUri,
      ...(loginHint && { loginHint }),
    });
  expect(await (await fetch((await start()).url)).text()).toContain('Okta');
  const { url, codeVerifier } = await start('sam@strict.test');
  const back = await fetch(url, { redirect: 'manual' });
  const code = new URL(back.headers.get('location')!).searchParams.get('code')!;
  expect(await userManagement.authenticateWithCode({ code, codeVerifier })).toMatchObject({
    organizationId: 'org_sso',
    authenticationMethod: 'SSO',
  });
});

test('a session by password is not carried into an organization that requires SSO or a factor', async ({
  workos,
}) => {
  const [sam] = ssoSeed.users;
  await workos.reset({
    ...ssoSeed,
    organizations: [{ name: 'Open' }, ...ssoSeed.organizations],
    users: [{ ...sam!, memberships: [{ organization: 'Open' }, { organization: 'Strict' }] }],
  });
  const { refreshToken } = await workos.signIn({ email: 'sam@strict.test', organization: 'Open' });
  const error = await failure(
    client(workos).authenticateWithRefreshToken({ refreshToken, organizationId: 'org_sso' }),
  );
  expect(error).toMatchObject({ code: 'sso_required', rawData: ssoRequired });
  await client(workos).authenticateWithRefreshToken({ refreshToken });

  await workos.reset();
  const grace = await workos.signIn({ email: 'grace@acme.test', organization: 'Acme' });
  await workos.requireMfa();
  const enroll = await failure(
    client(workos).authenticateWithRefreshToken({
      refreshToken: grace.refreshToken,
      organizationId: 'org_globex',
    }),
  );
  expect(codeOf(enroll)).toBe('mfa_enrollment');
});

test('an impersonated session says by whom, at the first answer and at each refresh', async ({
  workos,
}) => {
  const impersonator = { email: 'eve@acme.test', reason: 'Ticket 7' };
  const { refreshToken, accessToken } = await workos.signIn({ email: ada.email, impersonator });
  const refreshed = await client(workos).authenticateWithRefreshToken({ refreshToken });
  expect(refreshed).toMatchObject({ impersonator, authenticationMethod: 'Impersonation' });
  for (const token of [accessToken, refreshed.accessToken]) {
    expect(JSON.parse(atob(token.split('.')[1]!))).toMatchObject({ act: { sub: 'eve@acme.test' } });
  }
  const { data } = await client(workos).listSessions('user_ada');
  expect(data).toMatchObject([{ impersonator, authMethod: 'impersonation' }]);
});

test('the answer to a sign-in has no metadata, which is for the JWT template', async () => {
  const mock: WorkosMock = createWorkosMock({
    seed: {
      users: [{ email: 'pat@acme.test', password: 'password', metadata: { team: 'red' } }],
      jwtTemplate: { team: '{{ user.metadata.team }}' },
    },
  });
  const { json } = await send(mock, {
    ask: 'POST /user_management/authenticate',
    body: {
      client_id: 'client_mock',
      client_secret: 'sk_test_default',
      grant_type: 'password',
      email: 'pat@acme.test',
      password: 'password',
    },
  });
  expect(json.user).not.toHaveProperty('metadata');
  expect(JSON.parse(atob(String(json.access_token).split('.')[1]!))).toMatchObject({ team: 'red' });
});

function client(workos: TestMock) {
  return new WorkOS10('sk_test_default', {
    clientId: 'client_mock',
    apiHostname: workos.hostname,
    port: workos.port,
    https: false,
    maxRetries: 0,
  }).userManagement;
}
