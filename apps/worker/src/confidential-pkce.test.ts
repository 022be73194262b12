import type { MockControl } from 'workos-mock';
import { Browser } from '../test/browser';
import { expect, ORIGIN, test } from '../test/workos';

const AUTHENTICATE = 'POST /user_management/authenticate';

test('ask/deep-link: the page that somebody asked for comes after the sign-in, with its query', async ({
  worker,
}) => {
  const browser = new Browser(worker);
  const page = '/me?tab=claims&list=1&list=2';
  const login = (await browser.request(page)).headers.get('location') ?? '';
  expect(login).toMatch(/^\/login\?/);
  const start = await browser.request(`${login}&login_hint=ada@acme.test`);
  const callback = await browser.request(await browser.authorize(start));
  expect(callback.headers.get('location')).toBe(page);
});

test('node/confidential-pkce: secret and verifier both go along with the code [attack/code-theft]', async ({
  worker,
  workos,
}) => {
  const browser = new Browser(worker);
  const start = await browser.request('/login?login_hint=ada@acme.test&returnTo=/me?tab=1');
  expect(start.status).toBe(302);
  const authorize = new URL(start.headers.get('location') ?? '');
  expect(authorize.pathname).toBe('/user_management/authorize');
  expect(Object.fromEntries(authorize.searchParams)).toMatchObject({
    client_id: 'client_mock',
    code_challenge_method: 'S256',
    provider: 'authkit',
    redirect_uri: `${ORIGIN}/callback`,
    response_type: 'code',
  });
  const callback = await browser.request(await browser.authorize(start));
  expect(callback.status).toBe(302);
  expect(callback.headers.get('location')).toBe('/me?tab=1');
  const [exchange] = await workos.requests({ endpoint: AUTHENTICATE });
  expect(exchange?.body).toMatchObject({
    grant_type: 'authorization_code',
    client_secret: '…',
    code_verifier: '…',
  });
  expect([...browser.cookies.keys()]).toEqual(['wos-session']);
  for (const cookie of callback.headers.getSetCookie()) {
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(cookie).not.toMatch(/Secure|Domain/);
  }
  const me = await browser.request('/me', { headers: { accept: 'application/json' } });
  expect(await me.json()).toMatchObject({ user: { id: 'user_ada' }, role: 'admin' });
  expect(me.headers.get('cache-control')).toBe('private, no-store');
});

test('node/confidential-pkce: another browser’s callback signs nobody in [attack/login-csrf]', async ({
  worker,
  workos,
}) => {
  const attacker = new Browser(worker);
  const stolen = await attacker.authorize(
    await attacker.request('/login?login_hint=ada@acme.test'),
  );
  const victim = new Browser(worker);
  await victim.request('/login');
  for (const path of [stolen, stolen.replace(/state=[^&]+/, 'state=forged')]) {
    const response = await victim.request(path);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('did not begin in this browser');
  }
  expect(victim.cookies.has('wos-session')).toBe(false);
  expect(await workos.requests({ endpoint: AUTHENTICATE })).toEqual([]);
});

test('node/confidential-pkce: a cookie that was changed, or of another attempt, does not finish a sign-in [attack/login-csrf]', async ({
  worker,
}) => {
  const browser = new Browser(worker);
  const callback = await browser.authorize(
    await browser.request('/login?login_hint=ada@acme.test'),
  );
  const [[name, value] = ['', '']] = [...browser.cookies];
  browser.cookies.set(name, decodeURIComponent(value).replace('/me', '/other'));
  expect((await browser.request(callback)).status).toBe(400);
});

test('node/confidential-pkce: the whole state must be the one of the attempt [attack/login-csrf]', async ({
  worker,
}) => {
  const browser = new Browser(worker);
  const callback = await browser.authorize(
    await browser.request('/login?login_hint=ada@acme.test'),
  );
  const forged = callback.replace(/(state=.{8})[^&]+/, '$1-and-then-another');
  expect((await browser.request(forged)).status).toBe(400);
});

test('node/confidential-pkce: a code that was used is refused with a page that says what to do [attack/code-theft]', async ({
  worker,
}) => {
  const browser = new Browser(worker);
  const callback = await browser.authorize(
    await browser.request('/login?login_hint=ada@acme.test'),
  );
  const kept = new Map(browser.cookies);
  expect((await browser.request(callback)).status).toBe(302);
  for (const [name, value] of kept) browser.cookies.set(name, value);
  const replayed = await browser.request(callback);
  expect(replayed.status).toBe(400);
  expect(await replayed.text()).toContain('Sign in again');
});

test('node/confidential-pkce: a cancelled sign-in is explained, and nobody else’s words are shown', async ({
  worker,
}) => {
  const browser = new Browser(worker);
  const cancelled = await browser.request(
    '/callback?error=access_denied&error_description=Call+555-0100',
  );
  expect(cancelled.status).toBe(400);
  const page = await cancelled.text();
  expect(page).toContain('The sign-in was cancelled.');
  expect(page).not.toContain('555');
  const other = await browser.request('/callback?error=<script>&error_description=x');
  expect(await other.text()).not.toContain('<script>');
});

test('node/confidential-pkce: a sign-in starts without asking WorkOS, so it starts while WorkOS is down [fault/sign-in-start]', async ({
  worker,
  workos,
}) => {
  const browser = new Browser(worker);
  await workos.clearRequests();
  for (const path of ['/login', '/login?screen=sign-up', '/sso/login?connection=conn_acme']) {
    expect((await browser.request(path)).status).toBe(302);
  }
  expect(await workos.requests()).toEqual([]);
});

// Twice: the SDK tries once more, except after half an answer.
const faults: [string, number, (workos: MockControl) => Promise<unknown>][] = [
  ['a server error', 503, (workos) => workos.failNext(AUTHENTICATE, { status: 500 }, { times: 2 })],
  [
    'too many requests',
    503,
    (workos) =>
      workos.failNext(AUTHENTICATE, { status: 429, headers: { 'retry-after': '1' } }, { times: 2 }),
  ],
  ['an HTML page', 503, (workos) => workos.garbleNext(AUTHENTICATE, 'html', { times: 2 })],
  ['half an answer', 503, (workos) => workos.garbleNext(AUTHENTICATE, 'truncated')],
  ['an empty answer', 503, (workos) => workos.garbleNext(AUTHENTICATE, 'empty')],
  ['a cut connection', 503, (workos) => workos.dropNext(AUTHENTICATE, {}, { times: 2 })],
  [
    // The second try meets a code that the first has spent.
    'a connection cut after the code was spent',
    400,
    (workos) => workos.dropNext(AUTHENTICATE, { after: true }),
  ],
];
test.for(faults)(
  'node/confidential-pkce: %s at the exchange is %i with the next step, and no session is half made [fault/callback]',
  async ([, status, strike], { worker, workos }) => {
    const browser = new Browser(worker);
    const callback = await browser.authorize(
      await browser.request('/login?login_hint=ada@acme.test'),
    );
    await strike(workos);
    const response = await browser.request(callback);
    expect(response.status).toBe(status);
    if (status === 503) expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await response.text()).toContain('Sign in again');
    expect([...browser.cookies.keys()]).toEqual([]);
    expect((await browser.signIn('ada@acme.test')).headers.get('location')).toBe('/me');
  },
);

test('ask/idp-initiated: a code without state begins a sign-in of one’s own', async ({
  worker,
}) => {
  const response = await new Browser(worker).request('/callback?code=from-elsewhere');
  expect(response.headers.get('location')).toBe('/login');
});

test('ask/two-tabs-sign-in: two sign-ins at once are finished in any order', async ({ worker }) => {
  const browser = new Browser(worker);
  const first = await browser.authorize(
    await browser.request('/login?login_hint=ada@acme.test&returnTo=/me?first'),
  );
  const second = await browser.authorize(
    await browser.request('/login?login_hint=ada@acme.test&returnTo=/me?second'),
  );
  expect((await browser.request(second)).headers.get('location')).toBe('/me?second');
  expect((await browser.request(first)).headers.get('location')).toBe('/me?first');
});

test('ask/cookie-budget: sign-ins that nobody finishes do not fill the request headers', async ({
  worker,
}) => {
  const browser = new Browser(worker);
  for (let i = 0; i < 40; i++) await browser.request('/login');
  expect(browser.cookies.size).toBeLessThanOrEqual(5);
  expect((await browser.signIn('ada@acme.test')).headers.get('location')).toBe('/me');
});

test.for([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
])(
  'node/confidential-pkce: a sign-in does not end at %j [attack/open-redirect]',
  async (returnTo, { worker }) => {
    const browser = new Browser(worker);
    const response = await browser.signIn(
      'ada@acme.test',
      `&returnTo=${encodeURIComponent(returnTo)}`,
    );
    expect(response.headers.get('location')).toBe('/me');
  },
);

test('node/confidential-pkce: under https the cookies are bound to this host [attack/cookie]', async ({
  worker,
}) => {
  const response = await worker('https://worker.localhost/login');
  expect(response.headers.get('set-cookie')).toMatch(/^__Host-wos-sign-in-.*Path=\/;.*Secure/);
});
