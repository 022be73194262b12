import { env } from 'cloudflare:workers';
import { vi } from 'vitest';
import { Browser } from '../test/browser';
import { expect, test } from '../test/workos';

const cookiePassword = env.WORKOS_COOKIE_PASSWORD;
const AUTHENTICATE = 'POST /user_management/authenticate';
/** Whatever can be asked for without changing anything. */
const PATHS = [
  '/',
  '/me',
  '/login',
  '/callback',
  '/callback?error=access_denied',
  '/sso/login',
  '/sso/callback',
  '/nowhere',
];
const API_PATHS = [
  '/api/me',
  '/api/posts',
  '/api/organizations',
  '/api/organization',
  '/api/colleagues',
  '/api/secrets',
  '/api/secrets/none',
  '/api/nowhere',
];

test.for(PATHS)(
  'node/sealed-session: %s runs no script, is framed by nobody, and tells no other site its address [attack/leakage]',
  async (path, { worker }) => {
    for (const accept of ['text/html', 'application/json']) {
      const { headers } = await worker(path, { headers: { accept } });
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("base-uri 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}$/);
    }
  },
);

test('node/sealed-session: each page has a nonce of its own [attack/leakage]', async ({
  worker,
}) => {
  const nonces = new Set<string | undefined>();
  for (let i = 0; i < 3; i++) {
    const response = await worker('/', { headers: { accept: 'text/html' } });
    const nonce = /'nonce-([^']+)'/.exec(
      response.headers.get('content-security-policy') ?? '',
    )?.[1];
    expect(await response.text()).toContain(`<style nonce="${nonce}">`);
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(3);
});

test.for([...PATHS, ...API_PATHS])(
  'node/sealed-session: %s is kept by no cache, whoever asks [attack/caching]',
  async (path, { worker, workos }) => {
    const { headers, cookies } = await workos.signIn({ email: 'ada@acme.test', cookiePassword });
    const cookie = `wos-session=${cookies['wos-session']}`;
    const callers: Record<string, string>[] = [
      {},
      { cookie },
      headers,
      { authorization: 'Bearer x' },
    ];
    for (const caller of callers) {
      const response = await worker(path, { headers: { accept: 'text/html', ...caller } });
      expect(response.headers.get('cache-control')).toMatch(/no-store/);
    }
  },
);

test('node/verify-access-token: with a token of one organization every route is about that one, whatever is asked for [attack/cross-tenant]', async ({
  worker,
  workos,
}) => {
  const acme = await workos.signIn({ email: 'ada@acme.test' });
  const globex = await workos.signIn({ email: 'grace@acme.test', organization: 'Globex' });
  const post = (path: string, body: object, headers: Record<string, string>) =>
    worker(path, { method: 'POST', body: JSON.stringify(body), headers });
  await post('/api/posts', { title: 'Of Acme' }, acme.headers);
  await post('/api/secrets', { name: 'of-acme', value: 'Of Acme' }, acme.headers);
  for (const path of API_PATHS) {
    for (const query of ['', '?organizationId=org_acme&organization_id=org_acme&org_id=org_acme']) {
      const response = await worker(path + query, {
        headers: { ...globex.headers, 'x-organization-id': 'org_acme' },
      });
      const text = await response.text();
      // Grace is a member of both: her own list, and her own answers, name no more than that.
      if (path !== '/api/organizations') expect(text, path).not.toMatch(/org_acme|Of Acme|of-acme/);
    }
  }
  const stolen = await worker('/api/secrets/of-acme', { headers: globex.headers });
  expect(stolen.status).toBe(404);
  const removed = await worker('/api/users/user_ada', {
    method: 'DELETE',
    headers: globex.headers,
  });
  expect(removed.status).toBe(404);
});

test('node/sealed-session: neither pages nor the log have a key, a token or a cookie in them, in trouble least of all [attack/leakage]', async ({
  worker,
  workos,
}) => {
  const lines: string[] = [];
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, level).mockImplementation((...values: unknown[]) => {
      lines.push(
        values.map((value) => (value instanceof Error ? inspect(value) : String(value))).join(),
      );
    });
  }
  const ada = await workos.signIn({
    email: 'ada@acme.test',
    cookiePassword,
    tokenAge: { minutes: 6 },
  });
  const strikes = [
    () => workos.failNext(AUTHENTICATE, { status: 500 }, { times: 2 }),
    () => workos.garbleNext(AUTHENTICATE, 'html', { times: 2 }),
    () => workos.garbleNext(AUTHENTICATE, 'truncated'),
    () => workos.dropNext(AUTHENTICATE),
    () => workos.failNext(AUTHENTICATE, { status: 400, body: { error: 'invalid_grant' } }),
    async () => {},
  ];
  let shown = '';
  for (const strike of strikes) {
    const fresh = new Browser(worker, ada.cookies);
    await strike();
    shown += await (await fresh.request('/me')).text();
    const callback = new Browser(worker);
    const path = await callback.authorize(
      await callback.request('/login?login_hint=ada@acme.test'),
    );
    await strike();
    const response = await callback.request(path);
    shown += await response.text();
    shown += (await worker('/api/me', { headers: ada.headers })).headers.get('www-authenticate');
    await workos.clearFaults();
  }
  vi.restoreAllMocks();
  expect(lines.length).toBeGreaterThan(0);
  expect(shown).toContain('ada@acme.test');
  // Those of an answer that came half are new ones.
  expect(lines.join('\n')).not.toMatch(/eyJ|refresh_token"/);
  expect(shown).not.toMatch(/eyJ|refresh_token"/);
  const secrets = {
    'the API key': env.WORKOS_API_KEY,
    'the cookie password': cookiePassword,
    'the webhook secret': env.WORKOS_WEBHOOK_SECRET,
    'the access token': ada.accessToken,
    'the refresh token': ada.refreshToken,
    'the cookie': ada.cookies['wos-session'] ?? '',
  };
  for (const [what, secret] of Object.entries(secrets)) {
    expect(secret, what).not.toBe('');
    expect(lines.join('\n'), `${what} in the log`).not.toContain(secret);
    expect(shown, `${what} in a page`).not.toContain(secret);
  }
});

/** An error as the runtime's log shows it: with its fields and its causes. */
function inspect(error: Error): string {
  const { message, stack, cause } = error;
  return [
    message,
    stack,
    JSON.stringify({ ...error }),
    cause instanceof Error && inspect(cause),
  ].join();
}
