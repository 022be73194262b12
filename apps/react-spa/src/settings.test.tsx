import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { App } from './app';
import {
  apiOrigin,
  productionProblems,
  readSettings,
  secretsAmong,
  SettingsError,
} from './settings';

const production = {
  VITE_WORKOS_CLIENT_ID: 'client_01ABC',
  VITE_WORKOS_API_HOSTNAME: 'auth.example.com',
  VITE_API_URL: 'https://api.example.com/',
};

function problemsOf(env: Record<string, unknown>): readonly string[] {
  try {
    readSettings(env);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.problems;
  }
}

test('react/provider: an API key in the place of the client id is not shown, and the client id is asked for [attack/leakage]', () => {
  const env = { ...production, VITE_WORKOS_CLIENT_ID: 'sk_test_secret' };
  for (const [problem] of [problemsOf(env), secretsAmong(env)]) {
    expect(problem).toContain('API key');
    expect(problem).toContain('begins with "client_"');
    expect(problem).not.toContain('sk_test_secret');
  }
});

test('react/provider: settings are read, with what may be left out', () => {
  expect(readSettings(production)).toEqual({
    clientId: 'client_01ABC',
    apiHostname: 'auth.example.com',
    apiPort: undefined,
    apiHttps: true,
    apiUrl: 'https://api.example.com',
    devMode: undefined,
  });
  expect(productionProblems(readSettings(production))).toEqual([]);
});

test('react/provider: every missing variable is named at once', () => {
  const problems = problemsOf({});
  for (const [index, name] of Object.keys(production).entries()) {
    expect(problems[index]).toContain(`${name} is missing`);
  }
});

test.each([
  ['VITE_WORKOS_CLIENT_ID', 'sk_test_secret'],
  ['VITE_WORKOS_API_HOSTNAME', 'https://auth.example.com'],
  ['VITE_WORKOS_API_HOSTNAME', 'auth.example.com/path'],
  ['VITE_WORKOS_API_HOSTNAME', 'user@auth.example.com'],
  ['VITE_WORKOS_API_PORT', '99999'],
  ['VITE_WORKOS_API_HTTPS', 'yes'],
  ['VITE_WORKOS_DEV_MODE', '1'],
  ['VITE_API_URL', 'api.example.com'],
])('react/provider: %s must not be %j', (name, value) => {
  expect(problemsOf({ ...production, [name]: value })).toEqual([expect.stringContaining(name)]);
});

test.each([
  [{}, 'https://auth.example.com'],
  [{ VITE_WORKOS_API_HOSTNAME: 'Auth.Example.com' }, 'https://auth.example.com'],
  [{ VITE_WORKOS_API_PORT: '443' }, 'https://auth.example.com'],
  [{ VITE_WORKOS_API_PORT: '8443' }, 'https://auth.example.com:8443'],
  [{ VITE_WORKOS_API_HTTPS: 'false', VITE_WORKOS_API_PORT: '80' }, 'http://auth.example.com'],
])('react/provider: with %j the API is compared as %s', (env, origin) => {
  expect(apiOrigin(readSettings({ ...production, ...env }))).toBe(origin);
});

test.each([
  ['VITE_WORKOS_API_HOSTNAME', 'localhost'],
  ['VITE_WORKOS_API_HOSTNAME', '127.0.0.1'],
  ['VITE_WORKOS_API_HOSTNAME', 'auth.acme.localhost'],
  ['VITE_WORKOS_API_HTTPS', 'false'],
  ['VITE_API_URL', 'http://localhost:8787'],
  ['VITE_WORKOS_DEV_MODE', 'true'],
])('react/provider: a production build refuses %s=%s', (name, value) => {
  const [problem] = productionProblems(readSettings({ ...production, [name]: value }));
  expect(problem).toContain(name);
});

test('react/provider: an app that is not set up says so on its page', () => {
  render(<App env={{}} />);
  expect(screen.getByRole('alert').textContent).toContain('VITE_WORKOS_CLIENT_ID is missing');
});
