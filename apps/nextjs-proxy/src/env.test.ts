import { expect, test } from 'vitest';
import { environmentProblems } from './env';

const real: NodeJS.ProcessEnv = {
  NODE_ENV: 'production',
  WORKOS_CLIENT_ID: 'client_01ABC',
  WORKOS_API_KEY: 'sk_live_abc',
  WORKOS_COOKIE_PASSWORD: 'x'.repeat(32),
  NEXT_PUBLIC_WORKOS_REDIRECT_URI: 'https://app.example.com/callback',
};
const mock: NodeJS.ProcessEnv = {
  ...real,
  NODE_ENV: 'development',
  WORKOS_CLIENT_ID: 'client_mock',
  NEXT_PUBLIC_WORKOS_REDIRECT_URI: 'http://localhost:3000/callback',
  WORKOS_API_HOSTNAME: 'localhost',
  WORKOS_API_PORT: '4100',
  WORKOS_API_HTTPS: 'false',
};

test('environment: a real environment and the mock are both in order', () => {
  expect(environmentProblems(real)).toEqual([]);
  expect(environmentProblems(mock)).toEqual([]);
  expect(environmentProblems({ ...real, WORKOS_API_PORT: '', WORKOS_API_HOSTNAME: '' })).toEqual(
    [],
  );
  for (const WORKOS_COOKIE_DOMAIN of ['example.com', 'app.example.com']) {
    expect(environmentProblems({ ...real, WORKOS_COOKIE_DOMAIN })).toEqual([]);
  }
});

test.for([
  ['WORKOS_CLIENT_ID', undefined, 'is missing: it must begin with "client_"'],
  ['WORKOS_CLIENT_ID', 'proj_1', 'must begin with "client_"'],
  ['WORKOS_API_KEY', '', 'is missing: it must begin with "sk_"'],
  ['WORKOS_API_KEY', 'sk live', 'must begin with "sk_"'],
  ['WORKOS_COOKIE_PASSWORD', 'x'.repeat(31), 'must have 32 characters'],
  ['NEXT_PUBLIC_WORKOS_REDIRECT_URI', undefined, 'is missing'],
  ['NEXT_PUBLIC_WORKOS_REDIRECT_URI', '/callback', 'must be an absolute URL'],
  ['NEXT_PUBLIC_WORKOS_REDIRECT_URI', 'http://127.0.0.1:3000/callback', 'must say localhost'],
  ['NEXT_PUBLIC_WORKOS_REDIRECT_URI', 'http://app.example.com/callback', 'must be https'],
  ['NEXT_PUBLIC_WORKOS_REDIRECT_URI', 'https://app.example.com/', 'must end in /callback'],
  ['WORKOS_API_HOSTNAME', 'https://api.workos.com', 'must be a host name without scheme'],
  ['WORKOS_API_PORT', 'abc', 'must be a port number'],
  ['WORKOS_API_HTTPS', 'yes', 'must be "true" or "false"'],
  ['WORKOS_COOKIE_SAMESITE', 'none; Secure', 'must be lax, strict or none'],
  ['WORKOS_COOKIE_NAME', 'my session', 'must be letters'],
  ['WORKOS_COOKIE_DOMAIN', 'https://example.com', 'must be the host of'],
  ['WORKOS_COOKIE_DOMAIN', '.example.com', 'must be the host of'],
  ['WORKOS_COOKIE_DOMAIN', 'ample.com', 'must be the host of'],
  ['WORKOS_COOKIE_DOMAIN', 'b.app.example.com', 'must be the host of'],
] as const)('environment: %s=%s is named, with the mend', ([name, value, problem]) => {
  const problems = environmentProblems({ ...real, [name]: value });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`${name} ${problem}`);
});

test('environment: a problem never shows the value', () => {
  const problems = environmentProblems({
    ...real,
    WORKOS_API_KEY: 'live key',
    WORKOS_COOKIE_PASSWORD: 'a password',
  });
  expect(problems).toHaveLength(2);
  expect(problems.join()).not.toMatch(/live key|a password/);
});

test.for(['localhost', '127.0.0.1', '0.0.0.0', '::1', 'mock.localhost', 'LOCALHOST'])(
  'environment: a production server refuses a mock at %s',
  (hostname) => {
    const env = { ...mock, NODE_ENV: 'production', WORKOS_API_HOSTNAME: hostname } as const;
    expect(environmentProblems(env).join()).toContain('does not run against a mock');
    const allowed = environmentProblems({ ...env, ALLOW_WORKOS_MOCK: 'true' });
    expect(allowed.join()).not.toContain('does not run against a mock');
  },
);

test('environment: values of the mock do not go to WorkOS', () => {
  const half = { ...mock, WORKOS_API_HOSTNAME: 'api.workos.com' };
  expect(environmentProblems(half).join()).toContain("WORKOS_CLIENT_ID is the mock's");
});
