import { parseSeed } from '../src/seed.ts';
import { exportSeed } from '../src/seed-export.ts';
import { createStore } from '../src/store.ts';
import { Clock } from '../src/clock.ts';
import { defaultSeed } from '../src/default-seed.ts';
import { expect, test, type TestMock } from '../src/vitest.ts';
import { sdk, startSignIn } from './sdk.ts';

async function announce(workos: TestMock) {
  const body = { name: 'my-app', url: 'http://localhost:3000', description: 'An app', ready: true };
  await fetch(`${workos.url}/_mock/apps/announce`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...body, signInPath: '/login' }),
  });
}

test('it shows people, sessions, faults, mails and requests', async ({ workos }) => {
  await announce(workos);
  await workos.signIn({ email: 'ada@acme.test' });
  await workos.failNext('GET /sso/jwks/:clientId', { status: 503 });
  await fetch(`${workos.url}/user_management/users/user_ada`);
  const page = (await (await fetch(workos.url)).text()).replaceAll(/\s+/g, ' ');
  expect(page).toMatch(/my-app ?<span class="hidden"> ?as Grace Hopper at Globex/);
  expect(page).toContain('failNext 503 on GET /sso/jwks/:clientId');
  expect(page).toContain('the session of ada@acme.test');
  expect(page).toContain('GET /user_management/users/user_ada');
  await fetch(`${workos.url}/sso/jwks/client_mock`);
});

test('one click signs in at an app, once, in that browser', async ({ workos }) => {
  await announce(workos);
  const query = new URLSearchParams({
    app: 'my-app',
    user: 'user_grace',
    organization: 'org_globex',
  });
  const click = await fetch(`${workos.url}/_mock/sign-in-as?${query}`, { redirect: 'manual' });
  expect(click.headers.get('location')).toBe('http://localhost:3000/login');
  const { url } = await startSignIn(workos);
  const cookie = click.headers.getSetCookie()[0]!.split(';')[0]!;
  const other = await fetch(url, { redirect: 'manual' });
  expect(other.headers.get('location')).toContain('/authkit/sign-in');
  const first = await fetch(url, { redirect: 'manual', headers: { cookie } });
  expect(first.headers.get('location')).toContain('code=');
  const second = await fetch(url, { redirect: 'manual', headers: { cookie } });
  expect(second.headers.get('location')).toContain('/authkit/sign-in');
});

test('a page of another origin cannot choose who signs in next', async ({ workos }) => {
  await announce(workos);
  const response = await fetch(`${workos.url}/_mock/sign-in-as?app=my-app&user=user_ada`, {
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'cross-site' },
  });
  expect(response.status).toBe(403);
});

test('the present state is a seed for others to start from, and not for pages of other origins', async ({
  workos,
}) => {
  const user = await workos.createUser({ email: 'new@example.test' });
  const url = `${workos.url}/_mock/seed`;
  const seed = parseSeed(await (await fetch(url)).json());
  expect(seed.users?.map(({ id }) => id)).toContain(user.id);
  await workos.reset(seed);
  expect((await workos.signIn({ email: user.email })).user.id).toBe(user.id);
  const foreign = await fetch(url, { headers: { 'sec-fetch-site': 'same-site' } });
  expect(foreign.status).toBe(403);
});

test('the exported seed makes the same environment again', () => {
  const clock = new Clock();
  const exported = exportSeed(createStore(defaultSeed, clock));
  expect(exported.connections).toMatchObject(defaultSeed.connections);
  expect(exported.directories).toMatchObject(defaultSeed.directories);
  expect(exportSeed(createStore(parseSeed(exported), clock))).toEqual(exported);
});

test('what was deleted or made by the API leaves a seed that starts', async ({ workos }) => {
  const { apiKeys, organizations, userManagement, authorization } = sdk(workos);
  await organizations.deleteOrganization('org_acme');
  const { id } = await organizations.createOrganization({ name: 'Globex' });
  await apiKeys.createOrganizationApiKey({
    organizationId: id,
    name: 'Key',
    permissions: ['posts:read', 'posts:write'],
  });
  await authorization.deletePermission('posts:write');
  await authorization.createOrganizationRole(id, { slug: 'org-editor', name: 'Editor' });
  await userManagement.createOrganizationMembership({
    userId: 'user_linus',
    organizationId: id,
    roleSlug: 'org-editor',
  });
  await expect(userManagement.createUser({ email: 'a@b' })).rejects.toMatchObject({ status: 400 });
  await expect(
    userManagement.updateUser({ userId: 'user_linus', email: 'a@b' }),
  ).rejects.toMatchObject({ status: 400 });

  const seed = parseSeed(await (await fetch(`${workos.url}/_mock/seed`)).json());
  await workos.reset(seed);

  expect(seed.apiKeys).toMatchObject([{ permissions: ['posts:read'] }]);
  expect(seed.connections).toEqual([]);
  expect(seed.directories).toEqual([]);
  const { data } = await userManagement.listOrganizationMemberships({ userId: 'user_linus' });
  expect(data).toMatchObject([{ organizationId: id, role: { slug: 'member' } }]);
});

test.for<[string, (workos: TestMock) => Promise<unknown>]>([
  ['a request', (workos) => fetch(`${workos.url}/sso/jwks/client_mock`)],
  ['what a test changes', (workos) => workos.createUser()],
])('the stream tells of %s', async ([, happen], { workos }) => {
  const aborter = new AbortController();
  const response = await fetch(`${workos.url}/_mock/stream`, { signal: aborter.signal });
  const reader = response.body!.getReader();
  await happen(workos);
  const { value } = await reader.read();
  expect(new TextDecoder().decode(value)).toContain('event: change');
  aborter.abort();
});
