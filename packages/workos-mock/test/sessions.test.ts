import { OauthException } from '@workos-inc/node';
import type { Duration } from '../src/clock.ts';
import { createWorkosMock } from '../src/mock.ts';
import { expect, test } from '../src/vitest.ts';
import { sdk } from './sdk.ts';

const decode = (token: string) =>
  JSON.parse(atob(token.split('.')[1]!)) as Record<string, unknown> & { iat: number; exp: number };

test('a refresh token rotates, and keeps the organization', async ({ workos }) => {
  const { userManagement } = sdk(workos);
  const { refreshToken, accessToken } = await workos.signIn({
    email: 'grace@acme.test',
    organization: 'Globex',
  });
  const next = await userManagement.authenticateWithRefreshToken({ refreshToken });
  expect(next.refreshToken).not.toBe(refreshToken);
  expect(next.organizationId).toBe('org_globex');
  expect(decode(next.accessToken)).toMatchObject({
    sid: decode(accessToken).sid,
    auth_time: decode(accessToken).auth_time,
    role: 'admin',
  });
});

test('a session of an impersonator ends after an hour, however often it is refreshed', async ({
  workos,
}) => {
  const { userManagement } = sdk(workos);
  const impersonator = { email: 'eve@acme.test', reason: null };
  const signedIn = await workos.signIn({ email: 'ada@acme.test', impersonator });
  await workos.clock.advance({ minutes: 59 });
  const { refreshToken } = await userManagement.authenticateWithRefreshToken({
    refreshToken: signedIn.refreshToken,
  });
  await workos.clock.advance({ minutes: 2 });
  await expect(userManagement.authenticateWithRefreshToken({ refreshToken })).rejects.toMatchObject(
    { error: 'invalid_grant' },
  );
});

test('an exchanged refresh token is honoured for ten seconds, and then refused', async ({
  workos,
}) => {
  const { userManagement } = sdk(workos);
  const { refreshToken } = await workos.signIn({ email: 'ada@acme.test' });
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => userManagement.authenticateWithRefreshToken({ refreshToken })),
  );
  // All of them hold the same, newest token: whichever an app keeps, it goes on.
  expect(new Set(answers.map((answer) => answer.refreshToken)).size).toBe(1);

  await workos.clock.advance({ seconds: 11 });
  const replay = userManagement.authenticateWithRefreshToken({ refreshToken });
  await expect(replay).rejects.toBeInstanceOf(OauthException);
  await expect(replay).rejects.toMatchObject({
    error: 'invalid_grant',
    errorDescription: 'Refresh token already exchanged.',
  });
  const newest = answers[0]!.refreshToken;
  await userManagement.authenticateWithRefreshToken({ refreshToken: newest });
});

test('with no grace a replay is refused at once', async () => {
  const mock = createWorkosMock({ refreshGrace: 0 });
  const { refreshToken } = await mock.signIn({ email: 'ada@acme.test' });
  const refresh = async () => {
    const response = await mock.fetch(
      new Request('https://api.workos.com/user_management/authenticate', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          client_id: 'client_mock',
          grant_type: 'refresh_token',
          refresh_token: refreshToken,
        }),
      }),
    );
    return response.status;
  };
  expect(await refresh()).toBe(200);
  expect(await refresh()).toBe(400);
});

test('a refresh into a foreign organization is refused, and the session lives on', async ({
  workos,
}) => {
  const { userManagement } = sdk(workos);
  const { refreshToken } = await workos.signIn({ email: 'ada@acme.test' });
  await expect(
    userManagement.authenticateWithRefreshToken({ refreshToken, organizationId: 'org_globex' }),
  ).rejects.toMatchObject({ error: 'organization_membership_not_found' });
  await userManagement.authenticateWithRefreshToken({ refreshToken });
});

test('who lost the membership falls out at the next refresh', async ({ workos }) => {
  const { userManagement } = sdk(workos);
  const { refreshToken, user } = await workos.signIn({ email: 'ada@acme.test' });
  const { data } = await userManagement.listOrganizationMemberships({ userId: user.id });
  await userManagement.deactivateOrganizationMembership(data[0]!.id);
  await expect(userManagement.authenticateWithRefreshToken({ refreshToken })).rejects.toMatchObject(
    { error: 'invalid_grant' },
  );
});

test('an ended session is refused, by logout and by the API', async ({ workos }) => {
  const { userManagement } = sdk(workos);
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  await fetch(userManagement.getLogoutUrl({ sessionId: ada.sessionId }), { redirect: 'manual' });
  await expect(
    userManagement.authenticateWithRefreshToken({ refreshToken: ada.refreshToken }),
  ).rejects.toMatchObject({ error: 'invalid_grant' });

  const linus = await workos.signIn({ email: 'linus@hey.test' });
  await userManagement.revokeSession({ sessionId: linus.sessionId });
  await expect(
    userManagement.authenticateWithRefreshToken({ refreshToken: linus.refreshToken }),
  ).rejects.toMatchObject({ error: 'invalid_grant' });
});

test('sign-out goes to addresses on the list alone [attack/open-redirect]', async ({ workos }) => {
  const { userManagement } = sdk(workos);
  const logout = async (returnTo: string) => {
    const { sessionId } = await workos.signIn({ email: 'ada@acme.test' });
    return fetch(userManagement.getLogoutUrl({ sessionId, returnTo }), { redirect: 'manual' });
  };
  const allowed = await logout('http://localhost:3001/bye');
  expect(allowed.headers.get('location')).toBe('http://localhost:3001/bye');
  const foreign = await logout('https://evil.example/');
  expect(foreign.status).toBe(400);
  expect(await foreign.text()).toContain('Invalid sign-out redirect');
});

test('a sealed session is one that the SDK reads', async ({ workos }) => {
  const cookiePassword = 'a-cookie-password-for-tests-only!';
  const { cookies } = await workos.signIn({ email: 'ada@acme.test', cookiePassword });
  const session = sdk(workos).userManagement.loadSealedSession({
    sessionData: cookies['wos-session']!,
    cookiePassword,
  });
  expect(await session.authenticate()).toMatchObject({
    authenticated: true,
    organizationId: 'org_acme',
    user: { email: 'ada@acme.test', firstName: 'Ada' },
  });
});

test('a token may be issued old, and time moves for the mock and for the test', async ({
  workos,
}) => {
  const { accessToken } = await workos.signIn({
    email: 'ada@acme.test',
    tokenAge: { minutes: 6 },
  });
  expect(decode(accessToken).exp).toBeLessThan(Date.now() / 1000);

  const before = Date.now();
  await workos.clock.advance({ hours: 2 });
  expect(Date.now() - before).toBeGreaterThanOrEqual(2 * 60 * 60 * 1000);
});

test('a sign-in may have been long ago, and never after its token', async ({ workos }) => {
  const secondsSince = async (options: { tokenAge?: Duration; signedInAgo?: Duration }) => {
    const { accessToken } = await workos.signIn({ email: 'ada@acme.test', ...options });
    return Math.floor(Date.now() / 1000) - Number(decode(accessToken).auth_time);
  };
  expect(await secondsSince({})).toBeLessThan(60);
  expect(await secondsSince({ signedInAgo: { hours: 1 } })).toBeGreaterThanOrEqual(60 * 60);
  expect(
    await secondsSince({ tokenAge: { minutes: 2 }, signedInAgo: { minutes: 1 } }),
  ).toBeGreaterThanOrEqual(2 * 60);
});

test('rotated keys: new tokens carry the new kid, old tokens still verify [fault/key-rotation]', async ({
  workos,
}) => {
  const { userManagement } = sdk(workos);
  const kidOf = (token: string) => (JSON.parse(atob(token.split('.')[0]!)) as { kid: string }).kid;
  const before = await workos.signIn({ email: 'ada@acme.test' });
  const kid = await workos.rotateKeys();
  const after = await workos.signIn({ email: 'ada@acme.test' });
  expect(kidOf(after.accessToken)).toBe(kid);
  const jwks = (await (await fetch(userManagement.getJwksUrl('client_mock'))).json()) as {
    keys: { kid: string }[];
  };
  expect(jwks.keys.map((key) => key.kid)).toEqual([kid, kidOf(before.accessToken)]);
});

test('a JWT template adds claims, and cannot replace the ones that matter', async () => {
  const mock = createWorkosMock({
    seed: {
      organizations: [{ id: 'org_acme', name: 'Acme', metadata: { plan: 'pro' } }],
      users: [
        {
          id: 'user_ada',
          email: 'ada@acme.test',
          firstName: 'Ada',
          memberships: [{ organization: 'Acme' }],
        },
      ],
      jwtTemplate: {
        greeting: 'Hello {{ user.first_name }}',
        plan: '{{ organization.metadata.plan }}',
        missing: '{{ user.metadata.nothing }}',
        sub: 'somebody-else',
      },
    },
  });
  const claims = decode((await mock.signIn({ email: 'ada@acme.test' })).accessToken);
  expect(claims).toMatchObject({
    greeting: 'Hello Ada',
    plan: 'pro',
    sub: 'user_ada',
  });
  expect(claims).not.toHaveProperty('missing');
});

test('a token from signIn() has the issuer that a token from the sign-in page has', async ({
  workos,
}) => {
  const { accessToken } = await workos.signIn({ email: 'ada@acme.test' });
  expect(decode(accessToken).iss).toBe(`${workos.url}/user_management/client_mock`);
});
