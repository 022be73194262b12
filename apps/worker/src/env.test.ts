import { env } from 'cloudflare:workers';
import { expect, test } from '../test/workos';
import { environmentProblems } from './env';
import app from './index';

const broken = { ...env, WORKOS_API_KEY: 'not-a-key', WORKOS_COOKIE_PASSWORD: 'short-secret' };
delete (broken as Partial<Env>).WORKOS_CLIENT_ID;

test.for([
  ['application/json', '/api/me'],
  ['text/html', '/'],
  ['text/html', '/me'],
] as const)(
  'node/confidential-client: with %s, %s says which bindings are missing or malformed [attack/leakage]',
  async ([accept, path]) => {
    const request = new Request(`http://localhost:8787${path}`, { headers: { accept } });
    const response = await app.fetch(request, { ...broken });
    expect(response.status).toBe(500);
    const text = await response.text();
    for (const name of ['WORKOS_CLIENT_ID', 'WORKOS_API_KEY', 'WORKOS_COOKIE_PASSWORD']) {
      expect(text).toContain(name);
    }
    expect(text).not.toContain('not-a-key');
    expect(text).not.toContain('short-secret');
  },
);

test('node/confidential-client: the log says where each value is found, and never the value [attack/leakage]', () => {
  const problems = environmentProblems(broken as Env, 'localhost').join('\n');
  expect(problems).toContain('WORKOS_CLIENT_ID is missing');
  expect(problems).toContain('https://dashboard.workos.com → API Keys');
  expect(problems).not.toContain('short-secret');
  expect(environmentProblems(env, 'localhost')).toEqual([]);
});

test('node/confidential-client: a deployed Worker refuses a mock, and the mock’s client id anywhere else', () => {
  expect(environmentProblems(env, 'app.example.com').join()).toContain('does not use a mock');
  const real = { ...env, WORKOS_API_HOSTNAME: 'api.workos.com' };
  expect(environmentProblems(real, 'app.example.com').join()).toContain('is the mock');
});

test('node/confidential-client: origins that CORS could never match are reported', () => {
  for (const CORS_ORIGINS of ['localhost:5173', 'http://localhost:5173/', '*']) {
    expect(environmentProblems({ ...env, CORS_ORIGINS }, 'localhost').join()).toContain(
      'CORS_ORIGINS',
    );
  }
});
