import { existsSync, globSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';

const apps = fileURLToPath(new URL('../apps', import.meta.url));

/** Apps without a browser or a command; their tests run the real client against the mock. */
const NO_JOURNEYS = new Set(['go-client', 'node-migrations', 'python-client']);

test('every app has journeys', () => {
  const without = readdirSync(apps)
    .filter((app) => existsSync(join(apps, app, 'package.json')) && !NO_JOURNEYS.has(app))
    .filter((app) => globSync(join(apps, app, 'e2e', '*.spec.ts')).length === 0);
  expect(without).toEqual([]);
});
