import { expect, test } from 'workos-mock/vitest';
import { AuthenticationException, WorkOS } from 'workos-node-11';
import { createStage, runChange } from '../run-change.ts';
import { v9ToV11 } from './change.ts';

test('migrate/v9-to-v11: every method answers the same at its new place', async ({ workos }) => {
  const outcomes = await runChange(v9ToV11, workos);
  for (const { result } of outcomes) {
    expect(result).toEqual({
      link: '/portal/launch',
      owner: 'org_acme',
      unknownKey: null,
      widgetToken: 'string',
      roles: ['admin', 'member'],
      flags: ['beta-dashboard'],
    });
  }
  const [seven, eight, eleven] = outcomes.map(({ wire }) => wire);
  expect(seven).toEqual(eight);
  expect(eleven?.slice(0, 4)).toEqual(seven?.slice(0, 4));
  expect(seven).toContain('GET /organizations/org_acme/roles');
  expect(eleven).toContain('GET /authorization/organizations/org_acme/roles');
});

test('migrate/v9-to-v11: the old names are gone', async ({ workos }) => {
  const { v8, v11 } = createStage(workos);
  const has = (client: object, path: string) =>
    path
      .split('.')
      .reduce<unknown>(
        (value, name) => (value as Record<string, unknown> | undefined)?.[name],
        client,
      ) !== undefined;
  const names = v9ToV11.before.filter((name) => name !== 'GeneratePortalLinkIntent');
  for (const name of names) {
    expect([name, has(v8, name), has(v11, name)]).toEqual([name, true, false]);
  }
  for (const name of v9ToV11.after) expect([name, has(v11, name)]).toEqual([name, true]);
});

test('migrate/v9-to-v11: what fails in passing is repeated since 10.8, unless told not to', async ({
  workos,
}) => {
  const { v8, v11, address } = createStage(workos);
  const endpoint = 'POST /organizations';
  const create = (client: Pick<WorkOS, 'organizations'>) =>
    client.organizations.createOrganization({ name: 'Initech' });
  await workos.failNext(endpoint, { status: 503 }, { times: 2 });
  await expect(v8.organizations.createOrganization({ name: 'Initech' })).rejects.toThrow();
  expect((await create(v11)).name).toBe('Initech');
  await workos.failNext(endpoint, { status: 503 });
  const once = new WorkOS('sk_test_default', { ...address, maxRetries: 0 });
  await expect(create(once)).rejects.toMatchObject({ status: 503 });
  const statuses = (await workos.requests({ endpoint })).map(({ status }) => status);
  expect(statuses).toEqual([503, 503, 201, 503]);
}, 15_000);

test('migrate/v9-to-v11: a missing step of a sign-in has a class and a code', async ({
  workos,
}) => {
  const { v8, v11 } = createStage(workos);
  const grace = { email: 'grace@acme.test', password: 'password' };
  const code = 'organization_selection_required';
  const old = v8.userManagement.authenticateWithPassword(grace);
  await expect(old).rejects.toMatchObject({ name: 'GenericServerException', rawData: { code } });
  const now = v11.userManagement.authenticateWithPassword(grace);
  await expect(now).rejects.toBeInstanceOf(AuthenticationException);
  await expect(now).rejects.toMatchObject({ code });
});

test('migrate/v9-to-v11: with an issuer, a session of somebody else’s issuer is refused', async ({
  workos,
}) => {
  const { address } = createStage(workos);
  const cookiePassword = 'a-cookie-password-of-32-characters';
  const { cookies } = await workos.signIn({ email: 'ada@acme.test', cookiePassword });
  const authenticate = (issuer?: string) => {
    const options = { ...address, clientId: 'client_mock', ...(issuer && { issuer }) };
    const { userManagement } = new WorkOS('sk_test_default', options);
    const sessionData = cookies['wos-session'] ?? '';
    return userManagement.loadSealedSession({ sessionData, cookiePassword }).authenticate();
  };
  expect(await authenticate()).toMatchObject({ authenticated: true });
  expect(await authenticate(`${workos.url}/user_management/client_mock`)).toMatchObject({
    authenticated: true,
  });
  expect(await authenticate('https://evil.example')).toMatchObject({ authenticated: false });
});
