// ask/matcher-coverage: copy this file. It finds every page and route handler, and checks that the proxy runs for it, so that
// "You are calling 'withAuth' on … that isn't covered by the AuthKit middleware" is found here and not by a person.
import { globSync } from 'node:fs';
import { unstable_doesMiddlewareMatch as doesProxyMatch } from 'next/experimental/testing/server';
import { expect, test } from 'vitest';
import { config } from './proxy';

/** Public addresses by file: route groups are not part of them, and a parameter may be anything. */
const routes = globSync('src/app/**/{page,route}.{ts,tsx}').map((file) => {
  const path = file
    .replaceAll('\\', '/')
    .replace(/^src\/app/, '')
    .replace(/\/(page|route)\.tsx?$/, '');
  return path.replaceAll(/\/\([^)]*\)/g, '').replaceAll(/\[[^\]]+\]/g, 'parameter') || '/';
});

test('ask/matcher-coverage: the proxy runs for every page and route handler', () => {
  expect(routes.length).toBeGreaterThan(20);
  expect(routes.filter((url) => !doesProxyMatch({ config, url }))).toEqual([]);
});
