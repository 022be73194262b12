import { app } from '../src/app.ts';
import { endpoints } from '../src/endpoints.ts';
import { createWorkosMock } from '../src/mock.ts';
import { expect, test } from '../src/vitest.ts';
import { sdk } from './sdk.ts';

test('lists page in both directions and both orders', async ({ workos }) => {
  const { organizations } = sdk(workos);
  for (let i = 1; i <= 7; i++) await organizations.createOrganization({ name: `O${i}` });
  const names = (page: { data: { name: string }[] }) => page.data.map(({ name }) => name);

  const first = await organizations.listOrganizations({ limit: 3 });
  expect(names(first)).toEqual(['O7', 'O6', 'O5']);
  expect(first.listMetadata.before).toBeNull();
  const second = await organizations.listOrganizations({
    limit: 3,
    after: first.listMetadata.after!,
  });
  expect(names(second)).toEqual(['O4', 'O3', 'O2']);
  const third = await organizations.listOrganizations({
    limit: 3,
    after: second.listMetadata.after!,
  });
  expect(names(third)).toEqual(['O1', 'Globex', 'Acme']);
  expect(third.listMetadata.after).toBeNull();
  const back = await organizations.listOrganizations({
    limit: 3,
    before: second.listMetadata.before!,
  });
  expect(names(back)).toEqual(names(first));
  expect(back.listMetadata.before).toBeNull();

  const oldest = await organizations.listOrganizations({ limit: 2, order: 'asc' });
  expect(names(oldest)).toEqual(['Acme', 'Globex']);
  const next = await organizations.listOrganizations({
    limit: 2,
    order: 'asc',
    after: oldest.listMetadata.after!,
  });
  expect(names(next)).toEqual(['O1', 'O2']);
});

test('order=normal is newest first, and its cursors point the other way', async ({ workos }) => {
  const { organizations } = sdk(workos);
  for (let i = 1; i <= 4; i++) await organizations.createOrganization({ name: `O${i}` });
  const list = async (query: string) => {
    const response = await fetch(`${workos.url}/organizations?limit=2&order=normal${query}`, {
      headers: { authorization: 'Bearer sk_test_default' },
    });
    const { data, list_metadata: cursors } = (await response.json()) as {
      data: { name: string }[];
      list_metadata: { before: string | null; after: string | null };
    };
    return { names: data.map(({ name }) => name), ...cursors };
  };

  const first = await list('');
  expect(first).toMatchObject({ names: ['O4', 'O3'], after: null });
  const older = await list(`&before=${first.before}`);
  expect(older.names).toEqual(['O2', 'O1']);
  expect((await list(`&after=${older.after}`)).names).toEqual(['O4', 'O3']);
});

test('the SDK walks through all pages by itself', async ({ workos }) => {
  const { userManagement } = sdk(workos);
  for (let i = 0; i < 120; i++) await workos.createUser();
  const all = await (await userManagement.listUsers()).autoPagination();
  expect(new Set(all.map(({ id }) => id)).size).toBe(124);
});

test('a limit, an order or a cursor that does not fit is refused by name', async ({ workos }) => {
  const list = async (query: string) => {
    const response = await fetch(`${workos.url}/organizations?${query}`, {
      headers: { authorization: 'Bearer sk_test_default' },
    });
    const body = (await response.json()) as { errors?: { field: string }[] };
    return [response.status, body.errors?.[0]?.field];
  };
  expect(await list('limit=0')).toEqual([422, 'limit']);
  expect(await list('limit=101')).toEqual([422, 'limit']);
  expect(await list('order=sideways')).toEqual([422, 'order']);
  expect(await list('after=org_nope')).toEqual([422, 'after']);
});

test('the list of endpoints is the list of routes', () => {
  const routes = app.routes
    .filter(({ method, path }) => method !== 'ALL' && method !== 'OPTIONS' && path !== '/')
    .map(({ method, path }) => `${method} ${path}`)
    .filter((name) => !/ \/(authkit|_mock|health|favicon)/.test(name));
  expect(new Set(routes)).toEqual(new Set(endpoints));
});

test('mocks share nothing, and a reset leaves nothing', async () => {
  const [one, two] = [createWorkosMock(), createWorkosMock()];
  await one.createUser({ email: 'only@one.test' });
  await expect(two.signIn({ email: 'only@one.test' })).rejects.toThrow('Nobody has');
  await one.clock.advance({ hours: 1 });
  await one.reset();
  await expect(one.signIn({ email: 'only@one.test' })).rejects.toThrow('Nobody has');
  expect(Math.abs((await one.clock.now()) - Date.now())).toBeLessThan(60_000);
  await one.signIn({ email: 'ada@acme.test' });
});

test('a reset with a broken seed leaves the mock as it was', async () => {
  const mock = createWorkosMock();
  await expect(mock.reset({ users: [{ email: 'nonsense' }] })).rejects.toThrow(
    'users[0].email: Invalid email address',
  );
  await mock.signIn({ email: 'ada@acme.test' });
});

test('the control API refuses web pages of other origins and unknown operations [attack/mock-exposed]', async ({
  workos,
}) => {
  const call = (name: string, headers: Record<string, string>) =>
    fetch(`${workos.url}/_mock/${name}`, { method: 'POST', headers, body: '{}' });
  const json = { 'content-type': 'application/json' };
  expect((await call('reset', { ...json, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await call('reset', { 'content-type': 'text/plain' })).status).toBe(415);
  expect((await call('constructor', json)).status).toBe(404);
  expect((await call('clock/advance', { ...json })).status).toBe(200);
});
