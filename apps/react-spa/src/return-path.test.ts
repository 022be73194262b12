import { expect, test } from 'vitest';
import { readReturnPath, readReturnPathFromState, signInPath } from './return-path';

test.each([
  ['/account', '/account'],
  ['/account?tab=a&state=b#c', '/account?tab=a&state=b#c'],
  ['/a/../account', '/account'],
  ['/%2F%2Fevil.example', '/%2F%2Fevil.example'],
  ['/callbacks', '/callbacks'],
])('react/state: %j is a path of this app', (value, expected) => {
  expect(readReturnPath(value)).toBe(expected);
});

test.each([
  'https://evil.example/',
  'http://localhost:5173@evil.example/',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  ' //evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  '/%2e//evil.example',
  '//localhost:5174/',
  '//user@localhost:5173/',
  'javascript:alert(1)',
  'data:text/html,x',
  'account',
  '',
  '/login',
  '/login/?returnTo=/login',
  '/callback?code=1',
  '/logout',
  undefined,
  null,
  7,
  ['/account'],
  { toString: () => '/account' },
])('react/state: %j is not', (value) => {
  expect(readReturnPath(value)).toBe('/');
});

test('react/state: the state of the callback is read with the same suspicion', () => {
  expect(readReturnPathFromState('{"returnTo":"/account"}')).toBe('/account');
  for (const state of [null, '', 'x', 'null', '[]', '7', '{}', '{"returnTo":"//evil.example"}']) {
    expect(readReturnPathFromState(state)).toBe('/');
  }
});

test('react/url-helpers: the link to sign-in carries the path, encoded', () => {
  expect(signInPath('/account?a=1&b=2')).toBe('/login?returnTo=%2Faccount%3Fa%3D1%26b%3D2');
  expect(signInPath('/', { signUp: true })).toBe('/login?returnTo=%2F&screen_hint=sign-up');
});
