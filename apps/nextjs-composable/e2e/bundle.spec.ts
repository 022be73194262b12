import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

/** The text of the files in some folders, by path. */
async function read(folders: string[], isWanted: (file: string) => boolean) {
  const files = new Map<string, string>();
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name);
      if (entry.isFile() && isWanted(file)) files.set(file, await readFile(file, 'utf8'));
    }
  }
  return files;
}

/** What `next build` lets every browser download: the chunks, and the pages that it made once. */
async function publicFiles() {
  const chunks = await read(['.next/static'], () => true);
  const pages = await read(['.next/server/app', '.next/server/pages'], (file) =>
    /\.(html|rsc|body|meta)$/.test(file),
  );
  expect([...chunks.keys()].filter((file) => file.endsWith('.js')).length).toBeGreaterThan(3);
  expect([...pages.keys()].map((file) => file.split('/').at(-1))).toEqual(
    expect.arrayContaining(['en.html', 'en.rsc', 'de.html', 'signed-out.html', 'unavailable.html']),
  );
  return new Map([...chunks, ...pages]);
}

const holding = (files: Map<string, string>, what: RegExp) =>
  [...files].filter(([, text]) => what.test(text)).map(([file]) => file);

/** What code of the server is known by. */
const SERVER_ONLY: [what: string, pattern: RegExp][] = [
  ['the name of a secret', /WORKOS_(API_KEY|COOKIE_PASSWORD|CLAIM_TOKEN)/],
  ['the SDK’s way to its API', /\/user_management\/authenticate|\/sso\/jwks\//],
  ['sealing', /Fe26\.2/],
  ['what the session cookie is called', /wos-session|x-workos-session/],
];

for (const [what, pattern] of [
  ['an API key', /sk_(test|live|example)_/],
  ['the cookie password of development', /development-only-cookie-password/],
  ['a package of the server', /iron-session|@workos-inc\/node/],
  ...SERVER_ONLY,
] as const) {
  test(`nextjs/composable-proxy: what browsers download has not ${what} in it [attack/leakage]`, async () => {
    expect(holding(await publicFiles(), pattern)).toEqual([]);
  });
}

test('nextjs/composable-proxy: no source map is public [attack/leakage]', async () => {
  const files = await publicFiles();
  expect([...files.keys()].filter((file) => file.endsWith('.map'))).toEqual([]);
  expect(holding(files, /[#@] sourceMappingURL=/)).toEqual([]);
});

test('nextjs/composable-proxy: the same search finds all of it in what the server keeps', async () => {
  const server = await read(['.next/server'], (file) => file.endsWith('.js'));
  for (const [what, pattern] of SERVER_ONLY) {
    expect(holding(server, pattern).length, what).toBeGreaterThan(0);
  }
});
