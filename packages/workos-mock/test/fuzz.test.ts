import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultSeed } from '../src/default-seed.ts';
import { endpoints } from '../src/endpoints.ts';
import { grants } from '../src/grants.ts';
import { createWorkosMock } from '../src/mock.ts';
import { isAllowedOrigin, isAllowedUri } from '../src/redirect-uris.ts';
import { parseSeed } from '../src/seed.ts';
import { send } from './raw.ts';

// The same inputs in every run; FUZZ_SEED and FUZZ_RUNS look for others. A mistake in the mock is a rejected promise.
fc.configureGlobal({
  seed: Number(process.env.FUZZ_SEED ?? 1),
  numRuns: Number(process.env.FUZZ_RUNS ?? 200),
});

const mock = createWorkosMock();

/** Text that a parser may trip over, among ordinary text. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.constantFrom(
    '',
    '0',
    '-1',
    'null',
    '__proto__',
    'constructor',
    '../..',
    '%00',
    '%',
    'user_ada',
    'org_acme',
    'ada@acme.test',
    'http://localhost:3000/callback',
    'javascript:alert(1)',
    '\u0000',
    '😀'.repeat(50),
    'x'.repeat(5000),
  ),
);
const value = fc.oneof(text, fc.jsonValue());

/** Some of these fields, each with anything. */
const some = <T>(names: readonly string[], of: fc.Arbitrary<T>) =>
  fc.dictionary(fc.constantFrom(...names), of, { noNullPrototype: true });

/** What is said against a seed; nothing when it is taken. */
function problemOf(seed: unknown): string {
  try {
    createWorkosMock({ seed: parseSeed(seed) });
    return '';
  } catch (error) {
    return String(error);
  }
}

/** Whether it is an answer as WorkOS would give it: no failure of the mock, and a reason for a refusal. */
function isAnswer({ status, text: body }: Awaited<ReturnType<typeof send>>): boolean {
  const isKnown = status >= 200 && (status < 500 || status === 501);
  return isKnown && (status < 400 || body.length > 0);
}

test('a seed is taken, or refused in one line that names the place [fuzz/input]', () => {
  const places: (string | number)[][] = [];
  const collect = (part: unknown, path: (string | number)[]) => {
    places.push(path);
    if (typeof part !== 'object' || part === null) return;
    for (const key of Object.keys(part)) {
      collect((part as Record<string, unknown>)[key], [
        ...path,
        Array.isArray(part) ? Number(key) : key,
      ]);
    }
  };
  collect(defaultSeed, []);
  fc.assert(
    fc.property(fc.constantFrom(...places.slice(1)), value, (path, mutation) => {
      const seed: unknown = structuredClone(defaultSeed);
      const parent = path
        .slice(0, -1)
        .reduce((part, key) => (part as Record<string | number, unknown>)[key], seed);
      (parent as Record<string | number, unknown>)[path.at(-1)!] = mutation;
      expect(problemOf(seed)).toMatch(/^(SeedError: seed: .+)?$/);
    }),
    // Found: a name with a line break made two lines.
    { examples: [[['directories', 0, 'users', 0, 'groups', 0], 'a\nb']] },
  );
  fc.assert(
    fc.property(fc.anything(), (anything) => {
      expect(problemOf(anything)).toMatch(/^(SeedError: seed: .+)?$/);
    }),
  );
});

test('authorize answers whatever is asked, and leads to allowed addresses alone [fuzz/input]', async () => {
  const names = [
    'client_id',
    'redirect_uri',
    'response_type',
    'provider',
    'connection_id',
    'organization_id',
    'state',
    'login_hint',
    'screen_hint',
    'code_challenge',
    'code_challenge_method',
    'invitation_token',
    'prompt',
    'max_age',
  ];
  const right = {
    client_id: 'client_mock',
    redirect_uri: 'http://localhost:3000/callback',
    response_type: 'code',
    provider: 'authkit',
  };
  const path = fc.constantFrom('/user_management/authorize', '/sso/authorize');
  await fc.assert(
    fc.asyncProperty(path, some(names, text), fc.boolean(), async (to, query, isValid) => {
      const params = new URLSearchParams({ ...query, ...(isValid && right) });
      const answer = await send(mock, { ask: `GET ${to}?${params}` });
      expect(isAnswer(answer)).toBe(true);
      const location = answer.headers.get('location');
      const { origin, hostname } = new URL(location ?? '/', 'http://localhost:4100');
      expect(origin === 'http://localhost:4100' || hostname === 'localhost').toBe(true);
    }),
  );
});

test('authenticate answers every body [fuzz/input]', async () => {
  const names = [
    'client_id',
    'client_secret',
    'code',
    'code_verifier',
    'refresh_token',
    'organization_id',
    'email',
    'password',
    'pending_authentication_token',
    'authentication_challenge_id',
    'device_code',
    'invitation_token',
  ];
  const grant = fc.oneof(fc.constantFrom(...grants.keys()), text);
  const client = fc.constantFrom(
    {},
    { client_id: 'client_mock' },
    { client_id: 'client_mock', client_secret: 'sk_test_default' },
  );
  const headers = some(['origin', 'cookie', 'user-agent'], fc.string({ unit: 'grapheme-ascii' }));
  await fc.assert(
    fc.asyncProperty(some(names, value), grant, client, headers, async (body, type, who, more) => {
      const answer = await send(mock, {
        ask: 'POST /user_management/authenticate',
        body: { ...body, grant_type: type, ...who },
        headers: more,
      });
      expect(isAnswer(answer)).toBe(true);
      expect(answer.json.error ?? answer.json.code ?? answer.json.message).toBeTruthy();
    }),
  );
});

test('every endpoint answers every id, query and body [fuzz/input]', async () => {
  // A restart of all state, for what was deleted by chance.
  const fresh = createWorkosMock();
  const fields = [
    'name',
    'slug',
    'email',
    'user_id',
    'organization_id',
    'domain',
    'domains',
    'domain_data',
    'metadata',
    'permissions',
    'role_slug',
    'role_slugs',
    'endpoint_url',
    'events',
    'status',
    'type',
    'code',
    'value',
    'context',
    'key_context',
    'keys',
    'encrypted_keys',
    'content',
    'origin',
    'uri',
    'token',
    'new_password',
    'expires_in_days',
    'session_id',
    'version_check',
  ];
  const queries = ['limit', 'order', 'before', 'after', 'events', 'email', 'statuses', 'search'];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...endpoints),
      fc.array(text, { minLength: 3, maxLength: 3 }),
      some(queries, text),
      some(fields, value),
      async (endpoint, ids, query, body) => {
        const [method = '', template = ''] = endpoint.split(' ');
        const path = template.replaceAll(
          /:\w+/g,
          () => encodeURIComponent(ids.pop()!.toWellFormed()) || 'x',
        );
        const ask = `${method} ${path}?${new URLSearchParams(query)}`;
        const answer = await send(fresh, { ask, ...(method !== 'GET' && { body }) });
        expect(isAnswer(answer)).toBe(true);
      },
    ),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 1000) },
  );
});

test('lists answer every cursor with a page or by naming the field [fuzz/input]', async () => {
  const cursor = fc.oneof(text, fc.constantFrom('org_acme', 'org_globex'));
  const limit = fc.oneof(fc.integer().map(String), fc.double().map(String), text);
  const order = fc.oneof(fc.constantFrom('asc', 'desc'), text);
  const query = fc
    .record({ before: cursor, after: cursor, limit, order }, { requiredKeys: [] })
    .map((fields) => Object.entries(fields));
  await fc.assert(
    fc.asyncProperty(query, async (parameters) => {
      const ask = `GET /organizations?${new URLSearchParams(parameters)}`;
      const { status, json } = await send(createWorkosMock(), { ask });
      const errors = (json.errors ?? []) as { field: string }[];
      expect(status).toBe(errors.length > 0 ? 422 : 200);
      for (const { field } of errors) expect(parameters.map(([name]) => name)).toContain(field);
    }),
  );
});

test('any path and method gets an answer [fuzz/input]', async () => {
  const methods = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD');
  await fc.assert(
    fc.asyncProperty(methods, fc.webPath(), fc.string(), async (method, path, body) => {
      // The control API and the pages have tests of their own.
      fc.pre(!path.startsWith('/_mock'));
      const hasBody = method !== 'GET' && method !== 'HEAD';
      const answer = await send(mock, {
        ask: `${method} ${path || '/'}`,
        ...(hasBody && { body }),
      });
      expect(isAnswer({ ...answer, text: answer.text || method })).toBe(true);
    }),
  );
});

test('no address that is not listed is allowed, however it is spelled [fuzz/input]', () => {
  const list = ['https://app.example.com/callback', 'https://*.preview.example.com/callback'];
  const parts = fc.array(
    // oxfmt-ignore
    fc.constantFrom(
      'https:', 'http:', '//', '/', '\\', '@', ':', '.', '#', '?', '%2f', '\t', ' ', '*', '443',
      'app.example.com', 'preview.example.com', 'evil.example', 'a', 'callback', 'xn--', '[::1]',
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(
      fc.oneof(
        parts.map((all) => all.join('')),
        text,
      ),
      (uri) => {
        const allowed = isAllowedUri(uri, list);
        isAllowedOrigin(uri, list);
        if (!allowed) return;
        const url = new URL(uri);
        expect(url.protocol).toBe('https:');
        expect(url.hostname).toMatch(/^(app\.example\.com|[^.]+\.preview\.example\.com)$/);
        expect([url.pathname, url.port, url.username]).toEqual(['/callback', '', '']);
      },
    ),
    { numRuns: 2000 },
  );
});
