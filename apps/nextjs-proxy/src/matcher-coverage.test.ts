// ask/matcher-coverage: copy this file. It finds every page and route handler, and checks that the proxy runs for it, so that
// "You are calling 'withAuth' on … that isn't covered by the AuthKit middleware" is found here and not by a person.
import { globSync } from 'node:fs';
import { unstable_doesMiddlewareMatch as doesProxyMatch } from 'next/experimental/testing/server';
import { expect, test } from 'vitest';
import { config } from './proxy';

/** Addresses that the matcher leaves out on purpose. Nothing there, and nothing that it imports, may ask who is signed in. */
const LEFT_OUT = new Set<string>();

/** Public addresses by file. Route groups are not part of them; a parameter may be anything, such as the name of a file. */
function addresses(file: string): string[] {
  const path = file
    .replaceAll('\\', '/')
    .replace(/^src\/app/, '')
    .replace(/\/(page|route)\.\w+$/, '')
    .replaceAll(/\/\(\w[^)/]*\)(?=\/|$)/g, '');
  return ['parameter', 'picture.png'].map((value) => path.replaceAll(/\[[^\]]+\]+/g, value) || '/');
}

const routes = globSync('src/app/**/{page,route}.{ts,tsx,js,jsx}')
  // Slots and intercepting routes are shown at the address of another page.
  .filter((file) => !/[\\/](@|\(\.)/.test(file))
  .flatMap(addresses);

test('ask/matcher-coverage: the proxy runs for every page and route handler', () => {
  expect(routes.length).toBeGreaterThan(20);
  const missed = routes.filter((url) => !doesProxyMatch({ config, url }));
  expect(missed.filter((url) => !LEFT_OUT.has(url))).toEqual([]);
});
