import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

test('nextjs/authkit-middleware: the SDK’s action that answers about anybody’s organization is in no browser’s reach [attack/cross-tenant]', async () => {
  // An action is called by an id that is made anew with each build, and that a browser has from a script alone.
  const entries = await readdir('.next/static', { recursive: true, withFileTypes: true });
  const scripts = await Promise.all(
    entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
      .map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')),
  );
  const names = scripts.flatMap((script) => script.match(/\w+Action\b(?=")/g) ?? []);
  expect(names).toContain('switchToOrganizationAction');
  expect(names).not.toContain('getOrganizationAction');
});
