import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

// What `next build` lets every browser download: the chunks, and the pages that it made once. Its server half is beside them.
const PUBLIC = ['.next/static', '.next/server/app'];
const BY_BROWSERS = /\.(js|css|html|rsc|map|txt|json|body|meta)$/;
const SERVER_CODE = /\.next\/server\/app\/.*\.(js|map|json)$/;

async function publicFiles(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const folder of PUBLIC) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name);
      if (!entry.isFile() || !BY_BROWSERS.test(file) || SERVER_CODE.test(file)) continue;
      files.set(file, await readFile(file, 'utf8'));
    }
  }
  expect([...files.keys()].filter((file) => file.endsWith('.js')).length).toBeGreaterThan(5);
  return files;
}

const holding = (files: Map<string, string>, what: RegExp) =>
  [...files].filter(([, text]) => what.test(text)).map(([file]) => file);

for (const [what, pattern] of [
  ['an API key', /sk_(test|live|example)_\w+/],
  ['the cookie password of development', /development-only-cookie-password/],
  ['the name of a secret', /WORKOS_(API_KEY|COOKIE_PASSWORD|WEBHOOK_SECRET|CLAIM_TOKEN)/],
  ['the SDK’s way to its API', /\/user_management\/authenticate|\/sso\/jwks\//],
  ['sealing', /Fe26\.2/],
  ['a module of Node.js', /require\("(node:)?(fs|crypto|child_process)"\)/],
] as const) {
  test(`nextjs/authkit-proxy: what browsers download has not ${what} in it [attack/leakage]`, async () => {
    expect(holding(await publicFiles(), pattern)).toEqual([]);
  });
}

test('nextjs/authkit-proxy: no source map is public [attack/leakage]', async () => {
  const files = await publicFiles();
  expect([...files.keys()].filter((file) => file.endsWith('.map'))).toEqual([]);
  expect(holding(files, /[#@] sourceMappingURL=(?!.*\.css)/)).toEqual([]);
});

test('nextjs/authkit-proxy: the same search finds all of it in what the server keeps', async () => {
  const entries = await readdir('.next/server', { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
      .map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')),
  );
  const server = texts.join('\n');
  for (const pattern of [/WORKOS_COOKIE_PASSWORD/, /\/user_management\/authenticate/, /Fe26\.2/]) {
    expect(server).toMatch(pattern);
  }
});
