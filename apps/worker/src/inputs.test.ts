import { env } from 'cloudflare:workers';
import * as fc from 'fast-check';
import { Browser } from '../test/browser';
import { expect, ORIGIN, test } from '../test/workos';
import { returnPath } from './return-path';
import { workosFor } from './workos';

const json = { headers: { accept: 'application/json' } };
/** What a header carries without being encoded. */
const headerValue = fc
  .string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)) })
  .map((text) => text.slice(0, 2_000));
/** Something real with some of its characters replaced, left out or added: it gets further than noise. */
const damaged = (text: string) =>
  fc
    .tuple(fc.nat(text.length), fc.nat(8), fc.string({ unit: 'grapheme-ascii', maxLength: 8 }))
    .map(([at, length, put]) => text.slice(0, at) + put.trim() + text.slice(at + length))
    .filter((changed) => changed !== text);
const runs = { numRuns: 150 };

test('node/verify-access-token: whatever is sent as a token is refused, and nothing else happens [fuzz/input]', async ({
  worker,
  workos,
}) => {
  const { accessToken } = await workos.signIn({ email: 'ada@acme.test' });
  const [header = '', payload = '', signature = ''] = accessToken.split('.');
  const base64 = fc.string().map((text) => btoa(encodeURIComponent(text)).replaceAll('=', ''));
  const claims = fc.json().map((text) => btoa(encodeURIComponent(text)).replaceAll('=', ''));
  const token = fc.oneof(
    headerValue,
    // The signature has spare bits at its end, so what is changed is what is signed.
    damaged(`${header}.${payload}`).map((signed) => `${signed}.${signature}`),
    fc.tuple(base64, claims, base64).map((parts) => parts.join('.')),
    claims.map((made) => `${header}.${made}.${signature}`),
  );
  await fc.assert(
    fc.asyncProperty(token, async (value) => {
      const response = await worker('/api/me', { headers: { authorization: `Bearer ${value}` } });
      expect([400, 401]).toContain(response.status);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm="worker"/);
    }),
    runs,
  );
});

test('node/sealed-session: whatever comes as cookies is no session and no error [fuzz/input]', async ({
  worker,
  workos,
}) => {
  const { cookies } = await workos.signIn({
    email: 'ada@acme.test',
    cookiePassword: env.WORKOS_COOKIE_PASSWORD,
  });
  const sealed = cookies['wos-session'] ?? '';
  const cookie = fc.oneof(
    headerValue,
    headerValue.map((value) => `wos-session=${value}`),
    headerValue.map((value) => `wos-session.0=${value}; wos-session.1=${value}`),
    damaged(sealed.slice(0, -80)).map((value) => `wos-session=${value}${sealed.slice(-80)}`),
    headerValue.map(
      (value) => `wos-sign-in-1-${value.slice(0, 8)}=${value}; wos-challenge=${value}`,
    ),
  );
  await fc.assert(
    fc.asyncProperty(cookie, async (value) => {
      const headers = { ...json.headers, cookie: value };
      expect((await worker('/me', { headers })).status).toBe(401);
      const callback = await worker('/callback?code=x&state=12345678', { headers });
      expect(callback.status).toBe(400);
    }),
    runs,
  );
});

test('node/confidential-pkce: whatever comes to the callback signs nobody in, and is not shown [fuzz/input]', async ({
  worker,
}) => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', '<script>', '../', '%00'),
  );
  const names = fc.constantFrom(
    'code',
    'state',
    'error',
    'error_description',
    'returnTo',
    '__proto__',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(names, text), { maxLength: 6 }), async (fields) => {
      const browser = new Browser(worker);
      await browser.request('/login');
      const query = new URLSearchParams(fields);
      for (const path of [`/callback?${query}`, `/sso/callback?${query}`]) {
        const response = await browser.request(path);
        expect([302, 400]).toContain(response.status);
        if (response.status === 302) expect(response.headers.get('location')).toBe('/login');
        expect(await response.text()).not.toContain('<script>');
      }
      expect(browser.cookies.has('wos-session')).toBe(false);
    }),
    runs,
  );
});

test('node/confidential-pkce: no path of any address makes an error of this Worker [fuzz/input]', async ({
  worker,
}) => {
  const path = fc.oneof(
    fc.webPath(),
    fc.string({ unit: 'binary' }).map((text) => `/${encodeURIComponent(text)}`),
    fc.webPath().map((part) => `/api${part}`),
  );
  const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD');
  await fc.assert(
    fc.asyncProperty(path, method, async (value, verb) => {
      const response = await worker(`${ORIGIN}${value}`, { method: verb });
      expect(response.status).toBeLessThan(500);
    }),
    runs,
  );
});

test('node/confidential-pkce: a return path stays on this host, whatever it is [fuzz/input]', () => {
  const part = fc.constantFrom(
    '/',
    '\\',
    '//',
    '\t',
    '\n',
    '@',
    ':',
    '%2f',
    '.',
    '..',
    'evil.example',
  );
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(part).map((parts) => `/${parts.join('')}`),
    fc.anything(),
  );
  fc.assert(
    fc.property(value, (returnTo) => {
      const path = returnPath(returnTo);
      if (path !== undefined) expect(new URL(path, ORIGIN).origin).toBe(ORIGIN);
    }),
    { numRuns: 2_000 },
  );
});

test('node/webhooks: whatever comes as a webhook is refused unless it is signed, and no event then either [fuzz/input]', async ({
  worker,
}) => {
  const { webhooks } = await workosFor(env);
  const body = fc.oneof(fc.string({ unit: 'binary' }), fc.json());
  const header = fc.oneof(
    headerValue,
    fc.tuple(fc.integer(), headerValue).map(([time, hash]) => `t=${time}, v1=${hash}`),
  );
  await fc.assert(
    fc.asyncProperty(body, header, async (payload, forged) => {
      const signed = await webhooks.computeSignature(
        Date.now(),
        payload,
        env.WORKOS_WEBHOOK_SECRET,
      );
      for (const signature of [forged, `t=${Date.now()}, v1=${signed}`]) {
        const response = await worker('/webhooks', {
          method: 'POST',
          body: payload,
          headers: { 'workos-signature': signature },
        });
        expect(response.status).toBe(400);
      }
    }),
    runs,
  );
});

test('node/verify-access-token: whatever is posted is a post or 422 [fuzz/input]', async ({
  worker,
  workos,
}) => {
  const { headers } = await workos.signIn({ email: 'ada@acme.test' });
  const body = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.record({ title: fc.anything() }).map((value) => JSON.stringify(value)),
    fc.record({ title: fc.string({ unit: 'binary' }) }).map((value) => JSON.stringify(value)),
  );
  await fc.assert(
    fc.asyncProperty(body, async (value) => {
      const response = await worker('/api/posts', { method: 'POST', body: value, headers });
      expect([201, 422]).toContain(response.status);
    }),
    runs,
  );
});
