import * as fc from 'fast-check';
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
  '/\r\n//evil.example',
  '/\\/evil.example',
  '\t//evil.example',
  '\u0000//evil.example',
  '/\t\\evil.example',
  '//evil%2eexample',
  '//evil。example',
  '//%65vil.example',
  '//[::1]/',
  '//2130706433/',
  '//LOCALHOST:5173/',
  'http:evil.example',
  'http:/evil.example',
  'https:\\\\evil.example',
  'http://localhost:5173.evil.example/',
  'http://localhost:5174/',
  'https://localhost:5173/',
  'javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  'blob:http://localhost:5173/x',
  'view-source:http://localhost:5173/',
  '/%2e%2e//evil.example',
  '/..//evil.example',
  '/..\\evil.example/..//evil.example',
  'account',
  '',
  '/login',
  '/login/?returnTo=/login',
  '/callback?code=1',
  '/logout',
  '/LOGIN',
  '/%6cogin',
  '/Callback//?code=1',
  undefined,
  null,
  7,
  ['/account'],
  { toString: () => '/account' },
])('react/state: %j is not [attack/open-redirect]', (value) => {
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

test('react/state: whatever is in the link or in the state, the way leads to this app [fuzz/input]', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '/',
      '\\',
      '//',
      '.',
      '..',
      '@',
      ':',
      '\t',
      '\n',
      '%2f',
      '%5c',
      '?',
      '#',
      'evil.example',
    ),
    fc.string({ unit: 'binary' }),
    fc.webPath(),
    fc.webUrl(),
  );
  const value = fc.oneof(
    fc.array(piece).map((pieces) => pieces.join('')),
    fc.anything(),
  );
  fc.assert(
    fc.property(value, (returnTo) => {
      for (const path of [
        readReturnPath(returnTo),
        readReturnPathFromState(typeof returnTo === 'string' ? returnTo : null),
        readReturnPathFromState(JSON.stringify({ returnTo })),
      ]) {
        const { origin, pathname } = new URL(path, 'https://app.example');
        expect({ path, origin }).toEqual({ path, origin: 'https://app.example' });
        expect(path).toMatch(/^\/(?![\\/])/);
        expect(pathname).not.toMatch(/^\/(login|callback|logout)\/*$/i);
        // Read a second time, as on the next page, it is the same.
        expect(readReturnPath(path)).toBe(path);
      }
    }),
    { numRuns: 2000 },
  );
});
