import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { ABSENT } from './absent.ts';
import { type Cell, matrixDocument, matrixTable, type Row, surprises } from './table.ts';
import { type Column, COLUMNS, newestVersions, PLANS, STAY } from './versions.ts';
import { listApps } from '../new.ts';
import { type Pins, readPins } from './pins.ts';
import { REGISTRIES } from './registries.ts';
import { tryVersions } from './try-versions.ts';

/**
 * Runs each app's type check, build and tests on a fixed older baseline, on its own and on the newest, each in a
 * copy of the app, and prints a table. Fails when the first two are not as known; what the newest break is a report.
 *
 *   pnpm test:matrix [--app NAME] [--column baseline|pins|newest]
 *     --e2e            journeys too, where the app builds
 *     --results FILE   keeps what was seen there and does not run it again: for a long run in parts
 *     --write          writes docs/version-matrix.md; of all apps and columns, here or in --results
 */

const FILE = 'docs/version-matrix.md';
const { values: flags } = parseArgs({
  options: {
    app: { type: 'string' },
    column: { type: 'string' },
    e2e: { type: 'boolean', default: false },
    results: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const apps = await listApps();
for (const [flag, value, allowed] of [
  ['app', flags.app, apps],
  ['column', flags.column, COLUMNS],
] as const) {
  if (value === undefined || allowed.some((name) => name === value)) continue;
  console.error(`--${flag} takes one of ${allowed.join(', ')}, not ${value}.`);
  process.exit(2);
}

if (flags.e2e && spawnSync('turbo', ['browser'], { stdio: 'inherit' }).status !== 0)
  process.exit(1);

const pins: Record<string, Pins> = {};
for (const app of apps) pins[app] = await readPins(join('apps', app));
const { peerDependencies: mock } = JSON.parse(
  await readFile('packages/workos-mock/package.json', 'utf8'),
) as { peerDependencies: Record<string, string> };
const earlier =
  flags.results && existsSync(flags.results) ? await readFile(flags.results, 'utf8') : '{}';
const seen = JSON.parse(earlier) as Record<string, Row>;
for (const app of apps.filter((name) => !flags.app || name === flags.app)) {
  const row = (seen[app] ??= {});
  for (const column of COLUMNS.filter((name) => !flags.column || name === flags.column)) {
    row[column] ??= await fill(app, column);
    if (flags.results) await writeFile(flags.results, `${JSON.stringify(seen, null, 2)}\n`);
  }
}

// In the order of the folders, whenever each was run.
const rows = Object.fromEntries(apps.flatMap((app) => (seen[app] ? [[app, seen[app]]] : [])));
const listed = Object.fromEntries(apps.map((app) => [app, pins[app]?.versions ?? {}]));
console.log(`\n${matrixTable(rows, listed)}\n`);
const problems = Object.entries(rows).flatMap(([app, row]) => [
  ...surprises(row.baseline, ABSENT[app] ?? {}).map((text) => `${app} on baseline: ${text}`),
  ...surprises(row.pins, {}).map((text) => `${app} on pins: ${text}`),
]);
if (flags.write) {
  if (apps.every((app) => COLUMNS.every((column) => rows[app]?.[column]))) {
    await writeFile(FILE, `${matrixDocument(rows, listed, ABSENT)}\n`);
    console.log(`Written to ${FILE}.`);
  } else {
    problems.push(`${FILE} needs all apps and columns: leave out --app and --column.`);
  }
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;

async function fill(app: string, column: Column): Promise<Cell> {
  const own = pins[app]!;
  const { baseline, stay } = PLANS[app]!;
  const attempt = (versions: Record<string, string>) =>
    tryVersions(app, versions, { label: `${app} on ${column}`, e2e: flags.e2e });
  if (column === 'pins') return attempt(own.versions);

  let wanted = { versions: own.versions, held: {} };
  if (column === 'baseline') {
    if (typeof baseline === 'string') return { kind: 'none', why: baseline };
    wanted.versions = { ...own.versions, ...baseline };
  } else {
    try {
      const held = { ...STAY, ...stay };
      wanted = await newestVersions(own.versions, held, mock, REGISTRIES[own.registry]);
    } catch (error) {
      console.log(`FAILED ${app} on newest: ${error instanceof Error ? error.message : error}`);
      return { kind: 'none', why: `the ${own.registry} did not say what there is` };
    }
  }
  const isPinned = isDeepStrictEqual(wanted.versions, own.versions);
  const cell: Cell = isPinned ? { kind: 'same' } : await attempt(wanted.versions);
  return { ...cell, held: wanted.held };
}
