import { describe, expect, test } from 'vitest';
import { ABSENT } from './absent.ts';
import {
  type Absence,
  type Cell,
  matrixDocument,
  matrixTable,
  type Seen,
  surprises,
} from './table.ts';
import { newestVersions, PLANS } from './versions.ts';
import { listApps } from '../new.ts';
import type { Registry } from './registries.ts';
import { goReport } from '../test-reports.ts';

/** What a registry has: versions, the last of them the latest unless named, and what each asks for beside it. */
function registryOf(
  packages: Record<
    string,
    { all: string[]; latest?: string; peers?: Record<string, Record<string, string>> }
  >,
): Registry {
  return {
    versions: async (name) => {
      const { all = [], latest = all.at(-1) ?? '' } = packages[name] ?? {};
      return { all, latest };
    },
    peers: async (name, version) => packages[name]?.peers?.[version] ?? {},
  };
}

const seen = (cell: Partial<Seen>): Cell => ({
  kind: 'run',
  versions: {},
  passed: 3,
  skipped: 0,
  failures: [],
  ...cell,
});

describe('the newest versions', () => {
  test('are what a plain install takes', async () => {
    const registry = registryOf({
      vite: { all: ['8.0.0', '8.1.0', '9.0.0-beta.1'], latest: '8.1.0' },
    });

    expect(await newestVersions({ vite: '8.0.0' }, {}, {}, registry)).toEqual({
      versions: { vite: '8.1.0' },
      held: {},
    });
  });

  test('are the highest that the others accept beside them, those again included', async () => {
    const registry = registryOf({
      jose: { all: ['6.0.0', '6.2.0', '7.0.0'] },
      node: { all: ['10.0.0', '10.1.0', '11.0.0'], peers: { '10.1.0': { jose: '^6.0.0' } } },
      authkit: { all: ['4.0.0'], peers: { '4.0.0': { node: '^9 || ^10', absent: '^1' } } },
    });
    const pins = { jose: '6.0.0', node: '10.0.0', authkit: '4.0.0' };

    expect(await newestVersions(pins, {}, {}, registry)).toEqual({
      versions: { jose: '6.2.0', node: '10.1.0', authkit: '4.0.0' },
      held: {
        jose: '6.2.0, not 7.0.0: node 10.1.0 accepts ^6.0.0',
        node: '10.1.0, not 11.0.0: authkit 4.0.0 accepts ^9 || ^10',
      },
    });
  });

  test('are the pin where nothing suits everybody', async () => {
    const registry = registryOf({
      vite: { all: ['7.0.0', '8.0.0'] },
      plugin: { all: ['1.0.0'], peers: { '1.0.0': { vite: '^8' } } },
    });
    const { versions } = await newestVersions(
      { vite: '7.0.0', plugin: '1.0.0' },
      {},
      { vite: '<8' },
      registry,
    );

    expect(versions.vite).toBe('7.0.0');
  });

  test('stay in a major version that the app shows, under the name that the app gives them', async () => {
    const registry = registryOf({ '@workos-inc/node': { all: ['8.13.0', '8.14.0', '11.0.0'] } });
    const pins = {
      'node-8': 'npm:@workos-inc/node@8.13.0',
      'node-11': 'npm:@workos-inc/node@8.13.0',
    };

    expect(await newestVersions(pins, { 'node-8': 'shows 8' }, {}, registry)).toEqual({
      versions: {
        'node-8': 'npm:@workos-inc/node@8.14.0',
        'node-11': 'npm:@workos-inc/node@11.0.0',
      },
      held: { 'node-8': '8.14.0, not 11.0.0: shows 8' },
    });
  });
});

describe('what nobody expected', () => {
  const failures: Seen['failures'] = [
    { step: 'typecheck', title: 'src/mfa.ts', detail: 'TS2339: …' },
    { step: 'test', title: 'node/mfa: enroll' },
    { step: 'test', title: 'two factors > node/mfa: verify' },
  ];
  const absent = { 'node/mfa': { tests: 2, types: ['src/mfa.ts'], why: '`mfa` before 9.0' } };

  test('is nothing when all is as known', () => {
    expect(surprises(seen({ failures }), absent)).toEqual([]);
    expect(surprises(seen({}), {})).toEqual([]);
    expect(surprises({ kind: 'same' }, absent)).toEqual([]);
  });

  test('is a failure that is not known', () => {
    expect(surprises(seen({ failures }), {})).toEqual([
      'node/mfa: 2 failed, 0 known',
      'src/mfa.ts does not type-check',
    ]);
    for (const step of ['install', 'build'] as const) {
      expect(surprises(seen({ failures: [{ step, title: 'ERESOLVE' }] }), {})).toHaveLength(1);
    }
  });

  test('is a known failure that did not happen', () => {
    expect(surprises(seen({ failures: failures.slice(2) }), absent)).toEqual([
      'node/mfa: 1 failed, 2 known',
      'src/mfa.ts type-checks by now',
    ]);
    expect(surprises(seen({}), { 'node/mfa': { build: true, why: '' } })).toEqual([
      'the app builds by now',
    ]);
  });
});

describe('the table', () => {
  const pins = { worker: { '@workos-inc/node': '11.0.0', hono: '4.0.0', jose: '6.0.0' } };
  const rows = {
    worker: {
      baseline: seen({
        versions: { ...pins.worker, '@workos-inc/node': '8.10.0' },
        failures: [
          { step: 'typecheck', title: 'src/mfa.ts' },
          { step: 'test', title: 'node/mfa: one' },
          { step: 'test', title: 'node/mfa: another' },
        ],
      }),
      pins: seen({ versions: pins.worker, skipped: 1 }),
      newest: seen({ versions: { ...pins.worker, hono: '4.1.0' } }),
    },
    'go-client': { baseline: { kind: 'none', why: 'go not found' }, newest: { kind: 'same' } },
  } satisfies Record<string, Record<string, Cell>>;

  test('says versions where they matter, what passed, and the patterns that did not', () => {
    expect(matrixTable(rows, pins).split('\n')).toEqual([
      '| App | baseline | pins | newest |',
      '| --- | --- | --- | --- |',
      '| worker | @workos-inc/node 8.10.0<br>3 passed; 1 file does not type-check; 2 failed: node/mfa | @workos-inc/node 11.0.0<br>3 passed; 1 skipped | @workos-inc/node 11.0.0<br>hono 4.1.0<br>3 passed |',
      '| go-client | – go not found | not run | as pinned |',
    ]);
  });

  test('has only the columns that were run', () => {
    expect(matrixTable({ worker: { pins: rows.worker.pins } }, pins)).toMatch(
      /^\| App \| pins \|\n/,
    );
  });

  test('is followed by what the baseline lacks', () => {
    const mfa: Absence = { tests: 2, build: true, types: ['a.ts'], why: 'from node 9.0 on' };
    const text = matrixDocument(rows, pins, { worker: { 'node/mfa': mfa } });

    expect(text).toContain(
      '| worker | node/mfa | 2 tests<br>the build<br>`a.ts` | from node 9.0 on |',
    );
  });

  test('is followed by what fails on the newest, and what is held back', () => {
    const newest = {
      ...seen({ failures: [{ step: 'typecheck', title: 'src/a.ts', detail: 'a | b' }] }),
      held: { next: '15.5, not 16.4: shows 15' },
    };
    const text = matrixDocument({ worker: { newest }, 'pkce-cli': { newest } }, pins, {});

    expect(text).toContain('| worker | typecheck | src/a.ts | `a \\| b` |');
    expect(text).toContain('| next 15.5, not 16.4: shows 15 | worker, pkce-cli |');
  });
});

test('every app has its versions, and what is known is about apps', async () => {
  const apps = await listApps();

  expect(Object.keys(PLANS).toSorted()).toEqual(apps.toSorted());
  expect(apps).toEqual(expect.arrayContaining(Object.keys(ABSENT)));
});

test('go test: a test is counted by its parts', () => {
  const output = ['TestA/one', 'TestA', 'TestB'].map((name) =>
    JSON.stringify({ Action: name === 'TestA/one' ? 'fail' : 'pass', Package: 'p', Test: name }),
  );

  expect(goReport(output.join('\n'))).toEqual([
    { title: 'TestA/one', status: 'failed' },
    { title: 'TestB', status: 'passed' },
  ]);
});
