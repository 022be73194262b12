import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OutsideOptions } from '../src/control-client.ts';
import { parseSeed } from '../src/seed.ts';
import { expect, test as base, type TestMock } from '../src/vitest.ts';
import { redirectUri, sdk, startSignIn } from './sdk.ts';

const impersonator = { email: 'support@acme.test', reason: 'Ticket 42' };

/** The two ways in that begin outside of the app, as the test's person Ada. */
const WAYS = {
  impersonation: {
    begin: (workos: TestMock, where: Partial<OutsideOptions>) =>
      workos.impersonate({ email: 'ada@acme.test', impersonator, ...where }),
    session: { authenticationMethod: 'Impersonation', impersonator, organizationId: 'org_acme' },
  },
  'a tile of the identity provider': {
    begin: (workos: TestMock, where: Partial<OutsideOptions>) =>
      workos.signInFromIdp({ email: 'ada@acme.test', connection: 'conn_acme', ...where }),
    session: { authenticationMethod: 'SSO', organizationId: 'org_acme' },
  },
};
const ways = Object.entries(WAYS);

/** An app with a sign-in endpoint: it makes up its state and its challenge there, as those of the SDKs do. */
const test = base.extend('app', async ({ workos }, { onCleanup }) => {
  const started = { codeVerifier: '', state: '' };
  const server = createServer(async (_, response) => {
    const { url, ...rest } = await startSignIn(workos);
    Object.assign(started, rest);
    response.writeHead(302, { location: url }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  onCleanup(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { started, signInEndpoint: `http://localhost:${port}/sign-in` };
});

/** A browser: it follows redirects and sends its cookies, up to the app's callback. */
async function visit(url: string, cookies: string[] = []): Promise<URL> {
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { cookie: cookies.join('; '), 'sec-fetch-site': 'none' },
  });
  for (const cookie of response.headers.getSetCookie()) cookies.push(cookie.split(';')[0]!);
  const location = response.headers.get('location');
  if (!location) throw new Error(`${url} is a page: ${response.status}`);
  const next = new URL(location, url);
  return next.href.startsWith(redirectUri) || next.pathname.startsWith('/authkit/')
    ? next
    : visit(next.href, cookies);
}

test.for(ways)('%s goes by way of the app’s sign-in endpoint', async ([, way], { app, workos }) => {
  const callback = await visit(await way.begin(workos, { signInEndpoint: app.signInEndpoint }));
  expect(callback.searchParams.get('state')).toBe(app.started.state);
  const session = await sdk(workos).userManagement.authenticateWithCode({
    code: callback.searchParams.get('code')!,
    codeVerifier: app.started.codeVerifier,
  });
  expect(session).toMatchObject(way.session);
});

test.for(ways)(
  '%s brings a code without state to an app without one',
  async ([, way], { workos }) => {
    const callback = new URL(await way.begin(workos, { redirectUri }));
    expect(callback.href.split('?')[0]).toBe(redirectUri);
    expect([...callback.searchParams.keys()]).toEqual(['code']);
    const session = await sdk(workos).userManagement.authenticateWithCode({
      code: callback.searchParams.get('code')!,
    });
    expect(session).toMatchObject(way.session);
  },
);

test.for(ways)(
  '%s is for one browser, once, and for a minute',
  async ([, way], { app, workos }) => {
    const { signInEndpoint } = app;
    const url = await way.begin(workos, { signInEndpoint });
    const other = await visit(signInEndpoint);
    expect(other.pathname).toBe('/authkit/sign-in');
    const cookies: string[] = [];
    expect((await visit(url, cookies)).searchParams.has('code')).toBe(true);
    expect((await visit(signInEndpoint, cookies)).pathname).toBe('/authkit/sign-in');
    const late = await way.begin(workos, { signInEndpoint });
    await workos.clock.advance({ minutes: 2 });
    expect((await visit(late)).pathname).toBe('/authkit/sign-in');
  },
);

test('the one app that runs beside the mock is where it goes, unless told otherwise', async ({
  app,
  workos,
}) => {
  const { origin } = new URL(app.signInEndpoint);
  workos.apps.announce({ name: 'app', url: origin, description: '', ready: true, ...app });
  const begin = () => workos.impersonate({ email: 'ada@acme.test', impersonator });
  expect((await visit(await begin())).searchParams.has('state')).toBe(true);
  workos.apps.announce({ name: 'other', url: origin, description: '', ready: true, ...app });
  await expect(begin()).rejects.toThrow('Where to? Name a signInEndpoint, or a redirectUri');
  await workos.reset(
    parseSeed({ redirectUris: [redirectUri], users: [{ email: 'ada@acme.test' }] }),
  );
  expect(await begin()).toContain(`${redirectUri}?code=`);
});

test.for<[string, (workos: TestMock) => Promise<unknown>, string]>([
  [
    'nobody',
    (workos) => workos.impersonate({ email: 'nobody@acme.test', impersonator, redirectUri }),
    'Nobody has the e-mail address "nobody@acme.test".',
  ],
  [
    'somebody in an organization of others',
    (workos) =>
      workos.impersonate({
        email: 'ada@acme.test',
        organization: 'Globex',
        impersonator,
        redirectUri,
      }),
    'ada@acme.test is not an active member of "Globex".',
  ],
  [
    'somebody whom the identity provider does not know',
    (workos) =>
      workos.signInFromIdp({ email: 'linus@hey.test', connection: 'conn_acme', redirectUri }),
    'linus@hey.test is not an active member of "Acme".',
  ],
  [
    'an unknown connection',
    (workos) => workos.signInFromIdp({ email: 'ada@acme.test', connection: 'x', redirectUri }),
    'There is no active connection "x"; it takes an id.',
  ],
  [
    'an address off the list',
    (workos) =>
      workos.impersonate({
        email: 'ada@acme.test',
        impersonator,
        redirectUri: 'https://evil.example/',
      }),
    'is not on this environment’s list.',
  ],
])('what cannot begin is said at once: %s', async ([, begin, message], { workos }) => {
  await expect(begin(workos)).rejects.toThrow(message);
});

test('the inspector has a form for it', async ({ app, workos }) => {
  workos.apps.announce({ name: 'my-app', url: workos.url, description: '', ready: true, ...app });
  expect(await (await fetch(workos.url)).text()).toContain('action="/_mock/impersonate"');
  const query = new URLSearchParams({ user: 'user_ada', app: 'my-app' });
  const click = `${workos.url}/_mock/impersonate?${query}&impersonator=${impersonator.email}&reason=Test`;
  const callback = await visit(click);
  const session = await sdk(workos).userManagement.authenticateWithCode({
    code: callback.searchParams.get('code')!,
    codeVerifier: app.started.codeVerifier,
  });
  expect(session.impersonator).toEqual({ email: impersonator.email, reason: 'Test' });
});
