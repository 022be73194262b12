import { expect, test } from 'vitest';
import { endpoints } from '../src/endpoints.ts';
import { createWorkosMock, type WorkosMock } from '../src/mock.ts';
import { type RawRequest, send } from './raw.ts';

interface ListCase {
  /** With the query that it needs. */
  list: string;
  /** Adds an item; `i` counts. Left out where only the seed has items. */
  add?: (i: number) => RawRequest;
}

const acme = '/organizations/org_acme';
const ada = '/user_management/users/user_ada';

/** Every list that pages, by its endpoint. */
const LISTS: Record<string, ListCase> = {
  'GET /organizations': {
    list: '/organizations',
    add: (i) => ({ ask: 'POST /organizations', body: { name: `O${i}` } }),
  },
  'GET /user_management/users': {
    list: '/user_management/users',
    add: (i) => ({ ask: 'POST /user_management/users', body: { email: `u${i}@list.test` } }),
  },
  'GET /user_management/users/:id/sessions': { list: `${ada}/sessions`, add: signIn },
  'GET /user_management/users/:id/feature-flags': {
    list: '/user_management/users/user_grace/feature-flags',
  },
  'GET /user_management/users/:id/api_keys': {
    list: `${ada}/api_keys`,
    add: (i) => ({
      ask: `POST ${ada}/api_keys`,
      body: { name: `K${i}`, organization_id: 'org_acme' },
    }),
  },
  'GET /user_management/users/:id/auth_factors': {
    list: `${ada}/auth_factors`,
    add: () => ({ ask: `POST ${ada}/auth_factors`, body: { type: 'totp' } }),
  },
  'GET /user_management/organization_memberships': {
    list: '/user_management/organization_memberships?organization_id=org_acme',
  },
  'GET /user_management/invitations': {
    list: '/user_management/invitations',
    add: (i) => ({ ask: 'POST /user_management/invitations', body: { email: `i${i}@list.test` } }),
  },
  'GET /organizations/:id/feature-flags': { list: `${acme}/feature-flags` },
  'GET /organizations/:id/api_keys': {
    list: `${acme}/api_keys`,
    add: (i) => ({ ask: `POST ${acme}/api_keys`, body: { name: `K${i}` } }),
  },
  'GET /authorization/permissions': {
    list: '/authorization/permissions',
    add: (i) => ({ ask: 'POST /authorization/permissions', body: { slug: `p${i}`, name: 'P' } }),
  },
  'GET /feature-flags': { list: '/feature-flags' },
  'GET /connections': { list: '/connections' },
  'GET /directories': { list: '/directories' },
  'GET /directory_groups': { list: '/directory_groups?directory=directory_acme' },
  'GET /directory_users': { list: '/directory_users?directory=directory_acme' },
  'GET /vault/v1/kv': {
    list: '/vault/v1/kv',
    add: (i) => ({
      ask: 'POST /vault/v1/kv',
      body: { name: `v${i}`, value: 'x', key_context: { organization_id: 'org_acme' } },
    }),
  },
  'GET /webhook_endpoints': {
    list: '/webhook_endpoints',
    add: (i) => ({
      ask: 'POST /webhook_endpoints',
      body: { endpoint_url: `http://localhost:9/${i}`, events: ['user.created'] },
    }),
  },
};

function signIn(): RawRequest {
  const body = {
    client_id: 'client_mock',
    client_secret: 'sk_test_default',
    grant_type: 'password',
    email: 'ada@acme.test',
    password: 'password',
  };
  return { ask: 'POST /user_management/authenticate', body };
}

interface Page {
  data: { id: string }[];
  list_metadata: { before: string | null; after: string | null };
}

async function page(mock: WorkosMock, list: string, query: Record<string, string | number>) {
  const ask = `GET ${list}${list.includes('?') ? '&' : '?'}${new URLSearchParams(query as Record<string, string>)}`;
  const { status, json } = await send(mock, { ask });
  expect(status).toBe(200);
  return json as unknown as Page;
}

const cases = Object.entries(LISTS).map(([endpoint, list]) => ({ endpoint, ...list }));

test.for(cases)('$endpoint pages forth and back in both orders', async ({ list, add }) => {
  const mock = createWorkosMock();
  for (let i = 0; i < (add ? 5 : 0); i++) {
    expect((await send(mock, add!(i))).status).toBeLessThan(300);
  }
  const oldest = (await page(mock, list, { order: 'asc', limit: 100 })).data.map(({ id }) => id);
  expect(oldest.length).toBeGreaterThanOrEqual(add ? 5 : 1);
  for (const order of ['asc', 'desc', undefined]) {
    const expected = order === 'asc' ? oldest : oldest.toReversed();
    const by: Record<string, string> = order ? { order } : {};
    const pages: Page[] = [];
    let after: string | null = null;
    do {
      pages.push(await page(mock, list, { ...by, limit: 2, ...(after && { after }) }));
      after = pages.at(-1)!.list_metadata.after;
    } while (after);
    expect(pages.flatMap(({ data }) => data.map(({ id }) => id))).toEqual(expected);
    expect(pages[0]!.list_metadata.before).toBeNull();
    for (let i = pages.length - 1; i > 0; i--) {
      const { before } = pages[i]!.list_metadata;
      const previous = await page(mock, list, { ...by, limit: 2, before: before! });
      expect(previous.data).toEqual(pages[i - 1]!.data);
    }
  }
});

test.for(cases)('$endpoint refuses a page that there cannot be', async ({ list }) => {
  const mock = createWorkosMock();
  for (const query of ['limit=0', 'limit=101', 'limit=x', 'order=sideways', 'after=none_1']) {
    const ask = `GET ${list}${list.includes('?') ? '&' : '?'}${query}`;
    const { status, json } = await send(mock, { ask });
    expect({ query, status }).toEqual({ query, status: 422 });
    expect(json.errors).toMatchObject([{ field: query.split('=')[0] }]);
  }
});

test('every list is in the table', () => {
  const others = new Set([
    // Read in one direction alone, and tested beside webhooks.
    'GET /events',
    // Whole, without pages.
    'GET /organizations/:id/roles',
    'GET /authorization/organizations/:id/roles',
    'GET /authorization/roles',
    'GET /user_management/users/:id/identities',
    'GET /vault/v1/kv/:id/versions',
    'GET /sdk/feature-flags',
  ]);
  const lists = endpoints.filter((name) => /^GET .*(s|kv)$/.test(name) && !others.has(name));
  expect(Object.keys(LISTS).toSorted()).toEqual(lists.toSorted());
});

/** Filters: what is asked for, and who is found. */
const FILTERS: [ask: string, field: string, found: unknown[]][] = [
  ['/user_management/users?email=ADA@acme.test', 'id', ['user_ada']],
  ['/user_management/users?organization_id=org_globex', 'id', ['user_grace']],
  ['/user_management/users?organization_id=org_globex&email=ada@acme.test', 'id', []],
  ['/organizations?domains=acme.test', 'id', ['org_acme']],
  ['/organizations?domains[]=acme.test&domains[]=globex.test', 'name', ['Globex', 'Acme']],
  // As the Node.js SDK sends several.
  ['/organizations?domains=acme.test%2Cglobex.test', 'name', ['Globex', 'Acme']],
  ['/organizations?search=GLOB', 'id', ['org_globex']],
  ['/user_management/organization_memberships?user_id=user_linus', 'user_id', []],
  [
    '/user_management/organization_memberships?user_id=user_grace&organization_id=org_acme',
    'organization_id',
    ['org_acme'],
  ],
  ['/user_management/organization_memberships?user_id=user_ada&statuses=inactive', 'id', []],
  ['/connections?organization_id=org_acme', 'id', ['conn_acme']],
  ['/connections?connection_type=GoogleSAML', 'id', []],
  ['/connections?domain=acme.test', 'id', ['conn_acme']],
  ['/directories?organization_id=org_globex', 'id', []],
  ['/directories?search=acme', 'id', ['directory_acme']],
  ['/directory_groups?user=directory_user_grace', 'name', ['Engineering']],
];

test.for(FILTERS)('GET %s finds by %s: %j', async ([ask, field, found]) => {
  const { json } = await send(createWorkosMock(), { ask: `GET ${ask}` });
  const data = json.data as Record<string, unknown>[];
  expect(data.map((item) => item[field])).toEqual(found);
});
