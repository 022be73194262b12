import { expect, test } from 'vitest';
import { isAllowedOrigin, isAllowedUri } from './redirect-uris.ts';

test.for([
  // Exact.
  ['https://app.example.com/callback', 'https://app.example.com/callback', true],
  ['https://app.example.com/callback', 'https://app.example.com/callback/', false],
  ['https://app.example.com/callback', 'http://app.example.com/callback', false],
  ['myapp://callback', 'myapp://callback', true],
  // One level of subdomain, the one furthest from the root.
  ['https://*.example.com/callback', 'https://preview.example.com/callback', true],
  ['https://*.example.com/callback', 'https://a.b.example.com/callback', false],
  ['https://*.example.com/callback', 'https://example.com/callback', false],
  ['https://*.example.com/callback', 'https://evil.com/.example.com/callback', false],
  ['https://app-*-team.example.com/callback', 'https://app-42-team.example.com/callback', true],
  ['https://app-*-team.example.com/callback', 'https://app-team.example.com/callback', false],
  ['https://sub.*.example.com/callback', 'https://sub.a.example.com/callback', false],
  ['https://*.*.example.com/callback', 'https://a.b.example.com/callback', false],
  ['https://*.com/callback', 'https://evil.com/callback', false],
  // Not where everybody has names.
  ['https://*.ngrok-free.app/callback', 'https://mine.ngrok-free.app/callback', false],
  ['https://app-*-team.vercel.app/callback', 'https://app-42-team.vercel.app/callback', false],
  ['https://*.my-app.pages.dev/callback', 'https://a1b2.my-app.pages.dev/callback', true],
  ['https://*.co.uk/callback', 'https://evil.co.uk/callback', false],
  ['https://app.vercel.app/callback', 'https://app.vercel.app/callback', true],
  // Any port of a loopback address alone.
  ['http://localhost:*/callback', 'http://localhost:3000/callback', true],
  ['http://localhost:*/callback', 'http://localhost/callback', true],
  ['http://localhost:*/callback', 'http://localhost:3000/other', false],
  ['http://example.com:*/callback', 'http://example.com:3000/callback', false],
  ['http://localhost:*/*', 'http://localhost:1/any/path', true],
  ['http://localhost:*/*', 'http://localhost.evil.example/', false],
  ['http://localhost:*/*', 'http://evil@localhost:3000/', false],
  ['http://localhost:*/*', 'http://localhost:3000/#fragment', false],
  ['http://localhost:*/*', 'javascript:alert(1)', false],
  ['http://localhost:*/*', 'not a uri', false],
] as const)('%s allows %s: %s', ([pattern, uri, allowed]) => {
  expect(isAllowedUri(uri, [pattern])).toBe(allowed);
});

test('an origin is matched without a path', () => {
  expect(isAllowedOrigin('http://localhost:5173', ['http://localhost:*'])).toBe(true);
  expect(isAllowedOrigin('https://evil.example', ['http://localhost:*'])).toBe(false);
});
