import { env } from 'cloudflare:workers';
import { Browser } from '../test/browser';
import { expect, test } from '../test/workos';

const cookiePassword = env.WORKOS_COOKIE_PASSWORD;
const json = { headers: { accept: 'application/json' } };

/** A seed with one person who has many permissions, and one organization in which they have none. */
function seed(count: number) {
  const permissions = Array.from({ length: count }, (_, i) => ({
    slug: `documents:permission-${i}`,
  }));
  return {
    permissions,
    roles: [
      { slug: 'owner', permissions: permissions.map(({ slug }) => slug) },
      { slug: 'member', permissions: [] },
    ],
    organizations: [
      { id: 'org_big', name: 'Big' },
      { id: 'org_small', name: 'Small' },
    ],
    users: [
      {
        email: 'ada@acme.test',
        memberships: [
          { organization: 'Big', role: 'owner' },
          { organization: 'Small', role: 'member' },
        ],
      },
    ],
  };
}

const sizes = (browser: Browser) =>
  [...browser.cookies].map(([name, value]) => name.length + value.length + 1);

test.for([1, 40, 60, 100, 200])(
  'ask/cookie-budget: a person with %i permissions signs in, and no cookie is over 4,096 bytes [attack/cookie]',
  async (count, { worker, workos }) => {
    await workos.reset(seed(count));
    const browser = new Browser(worker);
    const start = await browser.request('/login?login_hint=ada@acme.test&organizationId=org_big');
    const callback = await browser.request(await browser.authorize(start));
    expect(callback.status).toBe(302);
    expect(Math.max(...sizes(browser))).toBeLessThanOrEqual(4096);
    const me = await (await browser.request('/me', json)).json<{ permissions: string[] }>();
    expect(me.permissions).toHaveLength(count);
  },
);

test('ask/cookie-budget: a session that became shorter leaves no part of the longer one, and the other way round', async ({
  worker,
  workos,
}) => {
  await workos.reset(seed(100));
  const browser = new Browser(worker);
  await browser.request(
    await browser.authorize(
      await browser.request('/login?login_hint=ada@acme.test&organizationId=org_big'),
    ),
  );
  expect([...browser.cookies.keys()]).toEqual(['wos-session.0', 'wos-session.1']);
  await browser.submit('/switch-organization', { organizationId: 'org_small' });
  expect([...browser.cookies.keys()]).toEqual(['wos-session']);
  expect(await (await browser.request('/me', json)).json()).toMatchObject({
    organizationId: 'org_small',
  });
  await browser.submit('/switch-organization', { organizationId: 'org_big' });
  expect([...browser.cookies.keys()]).toEqual(['wos-session.0', 'wos-session.1']);
  await browser.submit('/logout');
  expect(browser.cookies.size).toBe(0);
});

test.for([
  ['wos-session', 'Big'],
  ['wos-session.0', 'Small'],
] as const)(
  'ask/cookie-budget: signing out leaves nothing of a session in %s that is refreshed on the way into other cookies',
  async ([name, organization], { worker, workos }) => {
    await workos.reset(seed(100));
    const { cookies } = await workos.signIn({
      email: 'ada@acme.test',
      organization,
      cookiePassword,
      tokenAge: { minutes: 6 },
    });
    const browser = new Browser(worker, { [name]: cookies['wos-session'] ?? '' });
    const response = await browser.submit('/logout');
    const written = response.headers.getSetCookie().filter((line) => line.includes('Max-Age=3456'));
    expect(written.map((line) => line.split('=')[0])).not.toContain(name);
    expect(written).not.toEqual([]);
    expect(browser.cookies.size).toBe(0);
  },
);

test('ask/cookie-budget: a session that fits into no number of cookies is an error that says so', async ({
  worker,
  workos,
}) => {
  await workos.reset(seed(400));
  const browser = new Browser(worker);
  const response = await browser.request(
    await browser.authorize(
      await browser.request('/login?login_hint=ada@acme.test&organizationId=org_big'),
    ),
  );
  expect(response.status).toBe(500);
  expect(await response.text()).toContain('too large for cookies');
});

test('trap/cookie-too-large: in one cookie the browser drops the session without a word', async ({
  worker,
  workos,
}) => {
  await workos.reset(seed(100));
  const { cookies } = await workos.signIn({
    email: 'ada@acme.test',
    organization: 'Big',
    cookiePassword,
  });
  const sealed = cookies['wos-session'] ?? '';
  expect(`wos-session=${sealed}`.length).toBeGreaterThan(4096);
  // What the naive `Set-Cookie: wos-session=…` would leave: nothing.
  const naive = new Browser(async () => {
    return new Response(null, { headers: { 'set-cookie': `wos-session=${sealed}; Path=/` } });
  });
  await naive.request('/callback');
  expect(naive.cookies.size).toBe(0);
  expect((await new Browser(worker, { 'wos-session': sealed }).request('/me', json)).status).toBe(
    200,
  );
});
