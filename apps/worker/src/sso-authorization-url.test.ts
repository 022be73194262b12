import type { SSOAuthorizationURLOptions } from '@workos-inc/node/worker';
import { expectTypeOf } from 'vitest';
import { Browser } from '../test/browser';
import { expect, ORIGIN, test } from '../test/workos';

const required = { clientId: '', redirectUri: '' };
const connection = { ...required, connection: '' };
const organization = { ...required, organization: '' };

test('node/sso-authorization-url: two selectors at once do not compile', () => {
  expectTypeOf(connection).toExtend<SSOAuthorizationURLOptions>();
  expectTypeOf(organization).toExtend<SSOAuthorizationURLOptions>();
  expectTypeOf({ ...required, provider: '' }).toExtend<SSOAuthorizationURLOptions>();
  const two = { ...connection, ...organization };
  expectTypeOf(two).not.toExtend<SSOAuthorizationURLOptions>();
  expectTypeOf({ ...two, provider: '' }).not.toExtend<SSOAuthorizationURLOptions>();
  expectTypeOf(required).not.toExtend<SSOAuthorizationURLOptions>();
  expectTypeOf({ redirectUri: '', connection: '' }).not.toExtend<SSOAuthorizationURLOptions>();
});

test.for([
  ['connection=conn_acme', { connectionId: 'conn_acme', organizationId: 'org_acme' }],
  ['organization=org_acme', { connectionId: 'conn_acme', organizationId: 'org_acme' }],
  ['provider=GoogleOAuth', { connectionType: 'GoogleOAuth', organizationId: null }],
] as const)(
  'node/sso-authorization-url: by %s to the identity provider and back with a profile',
  async ([selector, profile], { worker }) => {
    const browser = new Browser(worker);
    const start = await browser.request(`/sso/login?${selector}&login_hint=ada@acme.test`);
    const url = new URL(start.headers.get('location') ?? '');
    expect(url.pathname).toBe('/sso/authorize');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: 'client_mock',
      redirect_uri: `${ORIGIN}/sso/callback`,
      code_challenge_method: 'S256',
    });
    const callback = await browser.authorize(start);
    const response = await browser.request(callback);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      profile: { email: 'ada@acme.test', ...profile },
    });
    // Not a second time, and not in another browser.
    expect((await browser.request(callback)).status).toBe(400);
    const other = await browser.authorize(
      await browser.request(`/sso/login?${selector}&login_hint=ada@acme.test`),
    );
    expect((await new Browser(worker).request(other)).status).toBe(400);
  },
);

test.for([
  ['organization=org_globex', { organization: 'org_acme' }],
  ['organization=org_globex', { connection: 'conn_acme' }],
  ['connection=conn_globex', { connection: 'conn_acme' }],
  ['provider=GoogleOAuth', { provider: 'GitHubOAuth' }],
  ['provider=GoogleOAuth', { organization: 'org_acme' }],
  ['organization=org_acme', { provider: 'GoogleOAuth' }],
] as const)(
  'node/sso-authorization-url: asked for by %s, a profile of %j is refused [attack/cross-tenant]',
  async ([selector, another], { worker }) => {
    const browser = new Browser(worker);
    const start = await browser.request(`/sso/login?${selector}&login_hint=ada@acme.test`);
    // Somebody who runs an identity provider of their own writes that one into the address.
    const url = new URL(start.headers.get('location') ?? '');
    for (const name of ['connection', 'organization', 'provider']) url.searchParams.delete(name);
    for (const [name, value] of Object.entries(another)) url.searchParams.set(name, value);
    const rewritten = new Response(null, { headers: { location: url.href } });
    const response = await browser.request(await browser.authorize(rewritten));
    expect(response.status).toBe(403);
    expect(await response.text()).not.toContain('ada@acme.test');
  },
);

test.for(['', 'connection=conn_acme&organization=org_acme', 'provider=Nobody', 'provider=authkit'])(
  'node/sso-authorization-url: the query "%s" names not exactly one of the three',
  async (query, { worker }) => {
    expect((await worker(`/sso/login?${query}`)).status).toBe(422);
  },
);

test('node/sso-authorization-url: an organization without a connection is a page with a way on', async ({
  worker,
}) => {
  const browser = new Browser(worker);
  const start = await browser.request('/sso/login?organization=org_globex');
  const response = await browser.request(await browser.authorize(start));
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('Sign in again');
});
