import * as fc from 'fast-check';
import { afterEach, beforeEach, vi } from 'vitest';
import { expect, test } from 'workos-mock/vitest';
import { handedOn, ORIGIN, redirectUriOf, visit } from '../test/visit';
import { failureReason } from './app/callback/failure-reason';
import { signInOptions } from './app/sign-in/sign-in-options';
import { redirectUriFor } from './dynamic-redirect-uri';
import { environmentProblems } from './env';
import { returnPath } from './return-path';
import { translatorOf } from './translator';

/** `RUNS=10000 vitest run fuzz` for longer; a failure prints the seed and the smallest input that shows it. */
const RUNS = Number(process.env.RUNS || 200);
const patient = { timeout: 60_000 + RUNS * 50 };

beforeEach(() => {
  for (const level of ['info', 'warn'] as const) {
    vi.spyOn(console, level).mockImplementation(() => {});
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Text as attackers write it: what means something to a parser of URLs, next to anything else. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '/',
        '\\',
        '//',
        '..',
        '.',
        '@',
        ':',
        '#',
        '?',
        '%2f',
        '%5c',
        '%00',
        '%0d%0a',
        '\t',
        '\n',
        ' ',
        '*',
        ',',
        ';',
        '=',
      ),
      fc.constantFrom(
        'evil.example',
        'localhost:3000',
        'app.example.com',
        'https:',
        'javascript:',
        'en',
        'de',
        't',
        'tenants',
        'org_acme',
        'org_globex',
        'account',
        'konto',
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    ),
    { maxLength: 10 },
  )
  .map((parts) => parts.join(''));

/** What fits in a header's value. */
const headerValue = hostile.map((text) => text.replaceAll(/[^\t\x20-\x7e]/g, ''));

/** A path as it arrives: whatever a client sends, the server has made a URL of it. */
const path = hostile.map((text) => {
  const url = new URL(ORIGIN);
  url.pathname = `/${text}`;
  return url.pathname;
});

test(
  'nextjs/dynamic-redirect-uri: whatever the Host, the code goes to a host of the list [fuzz/input]',
  patient,
  () => {
    vi.stubEnv('ALLOWED_HOSTS', 'app.example.com, staging.example.com:8443');
    const allowed = ['localhost:3000', 'app.example.com', 'staging.example.com:8443'].map(
      (host) => `http://${host}/callback`,
    );
    fc.assert(
      fc.property(headerValue, (host) => {
        const uri = redirectUriFor({ headers: new Headers({ host }) });
        expect(allowed).toContain(uri);
      }),
      { numRuns: RUNS },
    );
  },
);

test(
  'nextjs/dynamic-redirect-uri: a list that start-up accepts has only hosts on it [fuzz/input]',
  patient,
  () => {
    fc.assert(
      fc.property(hostile, headerValue, (list, host) => {
        const problems = environmentProblems({ NODE_ENV: 'test', ALLOWED_HOSTS: list });
        if (problems.some((problem) => problem.startsWith('ALLOWED_HOSTS'))) return;
        vi.stubEnv('ALLOWED_HOSTS', list);
        const url = new URL(redirectUriFor({ headers: new Headers({ host }) }));
        expect([url.username, url.password, url.pathname, url.search]).toEqual([
          '',
          '',
          '/callback',
          '',
        ]);
        expect(['localhost:3000', host.trim().toLowerCase()]).toContain(url.host);
      }),
      { numRuns: RUNS },
    );
  },
);

test(
  'nextjs/composable-proxy: whatever is asked for, who is signed out sees public pages or AuthKit [fuzz/input]',
  patient,
  async () => {
    await fc.assert(
      fc.asyncProperty(
        path,
        headerValue,
        hostile,
        fc.ipV6(),
        async (address, header, query, from) => {
          const search = `?${new URLSearchParams({ returnTo: query })}`;
          const response = await visit(
            address + search,
            {},
            {
              host: header,
              'accept-language': header,
              'x-forwarded-for': from,
            },
          );
          expect(response.status).toBeLessThan(500);
          expect(handedOn(response)).not.toHaveProperty('x-workos-session');
          const rewrite = response.headers.get('x-middleware-rewrite') ?? '';
          expect(rewrite).not.toMatch(/\/tenants|account/);
          const location = response.headers.get('location');
          if (!location) return;
          const to = new URL(location);
          if (to.pathname === '/user_management/authorize') {
            expect(redirectUriOf(response)).toBe(`${ORIGIN}/callback`);
          } else {
            expect(to.origin).toBe(ORIGIN);
          }
        },
      ),
      { numRuns: RUNS },
    );
  },
);

test(
  'nextjs/rewrites: whatever is asked for, a member sees no tenant but their own [fuzz/input]',
  patient,
  async ({ workos }) => {
    const ada = await workos.signIn({ email: 'ada@acme.test' });
    await fc.assert(
      fc.asyncProperty(path, headerValue, async (address, locale) => {
        const cookies = { ...ada.cookies, NEXT_LOCALE: locale.replaceAll(/[;,\s]/g, '') };
        const response = await visit(address, cookies);
        expect(response.status).toBeLessThan(500);
        const target =
          response.headers.get('x-middleware-rewrite') ?? response.headers.get('location');
        if (!target) return;
        const { origin, pathname } = new URL(target);
        expect(origin).toBe(ORIGIN);
        const [, top, tenant] = pathname.split('/').map(decodeURIComponent);
        if (top === 'tenants') expect(tenant).toBe('org_acme');
      }),
      { numRuns: RUNS },
    );
  },
);

test(
  'nextjs/composable-proxy: whatever the session cookie, no crash and no session [fuzz/input]',
  patient,
  async () => {
    const seal = fc.oneof(
      headerValue,
      fc
        .array(fc.string({ unit: fc.constantFrom(...'aZ09_-*~='), maxLength: 12 }), {
          minLength: 5,
          maxLength: 9,
        })
        .map((parts) => `Fe26.2*${parts.join('*')}~2`),
    );
    await fc.assert(
      fc.asyncProperty(seal, async (value) => {
        const cookie = value.replaceAll(/[;,\s]/g, '');
        const response = await visit('/en/account', { 'wos-session': cookie });
        expect(response).toRedirectToAuthKit();
      }),
      { numRuns: RUNS },
    );
  },
);

test(
  'nextjs/sign-in-endpoint: whatever the return path, the browser stays on this host [fuzz/input]',
  patient,
  () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const kept = signInOptions(new URLSearchParams({ returnTo: text })).returnTo;
        expect(kept).toBe(returnPath(text));
        if (kept === undefined) return;
        expect(new URL(kept, ORIGIN).origin).toBe(ORIGIN);
        // What the SDK makes of it in the callback.
        expect(new URL(new URL(kept, 'https://placeholder.com').pathname, ORIGIN).origin).toBe(
          ORIGIN,
        );
      }),
      { numRuns: RUNS * 5 },
    );
  },
);

test('ask/compose-i18n: whatever the language, there are words [fuzz/input]', patient, () => {
  fc.assert(
    fc.property(
      fc.oneof(hostile, fc.constantFrom('__proto__', 'constructor', 'toString')),
      (locale) => {
        expect(['Sign in', 'Anmelden']).toContain(translatorOf({ locale }).t('home.signIn'));
      },
    ),
    { numRuns: RUNS },
  );
});

test(
  'nextjs/dynamic-redirect-uri: whatever goes wrong in the callback, its reason is one of four words [fuzz/input]',
  patient,
  () => {
    fc.assert(
      fc.property(fc.anything(), hostile, (error, query) => {
        const reason = failureReason(error, new URLSearchParams(query));
        expect([
          'access_denied',
          'session_too_large',
          'workos_unavailable',
          'not_finished',
        ]).toContain(reason);
      }),
      { numRuns: RUNS },
    );
  },
);
