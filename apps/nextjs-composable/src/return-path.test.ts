import { expect, test } from 'vitest';
import { returnPath } from './return-path';

test.for([
  '/',
  '/account',
  '/account?tab=security&q=a%20b',
  '/account#claims',
  '/a//b',
  '/%2f%2fevil.example',
])('ask/deep-link: %s stays', (path) => {
  expect(returnPath(path)).toBe(path);
});

test.for([
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  'https://evil.example',
  'https:evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  ' /account',
  'account',
  '//user@evil.example',
  '//localhost:3000@evil.example/account',
  '//[',
  '',
  null,
  undefined,
  ['/account'],
])('nextjs/sign-in-endpoint: a return path of %j is refused [attack/open-redirect]', (value) => {
  expect(returnPath(value)).toBeUndefined();
});
