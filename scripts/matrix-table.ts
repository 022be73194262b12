import { COLUMNS, type Column } from './matrix-versions.ts';
import { ID } from './pattern-facts.ts';

/** What the version matrix says about what was seen. */

export type Step = 'install' | 'typecheck' | 'build' | 'test' | 'e2e';

export interface Failure {
  step: Step;
  /** A test's title, the path of a file that does not type-check, or what the step said last. */
  title: string;
  /** The first thing that was said about it. */
  detail?: string;
}

/** What came of running an app. */
export interface Seen {
  kind: 'run';
  versions: Record<string, string>;
  passed: number;
  skipped: number;
  failures: Failure[];
}

export type Cell = (
  | Seen
  /** The versions are the pins. */
  | { kind: 'same' }
  | { kind: 'none'; why: string }
) & {
  /** Why a package is not as new as it could be. */
  held?: Record<string, string>;
};

export type Row = Partial<Record<Column, Cell>>;

/** What a pattern, or a test file, fails with on the document's versions. */
export interface Absence {
  /** How many of its tests fail. */
  tests?: number;
  /** Which files do not type-check. */
  types?: string[];
  /** Whether the app does not build because of it. */
  build?: true;
  why: string;
}

const SDK = /^@workos-inc\/|workos(-node-\d+|-go\/v\d+)?$/;

/** The pattern that a failure is about, or its whole title. */
function subject({ title }: Failure): string {
  return new RegExp(ID).exec(title)?.[0] ?? title;
}

/**
 * What nobody expected, in one line each: failures that are not known, and known ones that did not happen. On the newest
 * versions nothing is expected.
 *
 * @param absent What is known to fail in this cell, by pattern.
 */
export function surprises(cell: Cell | undefined, absent: Record<string, Absence>): string[] {
  if (cell?.kind !== 'run') return [];
  const of = (step: Step) => cell.failures.filter((failure) => failure.step === step);
  const [install] = of('install');
  if (install) return [`not installed: ${install.title}`];
  const known = Object.entries(absent);
  const found: string[] = [];

  // Which journeys need what is absent is not written down.
  const failing = Map.groupBy([...of('test'), ...(known.length > 0 ? [] : of('e2e'))], subject);
  for (const key of new Set([...failing.keys(), ...Object.keys(absent)])) {
    const seen = failing.get(key)?.length ?? 0;
    const expected = absent[key]?.tests ?? 0;
    if (seen !== expected) found.push(`${key}: ${seen} failed, ${expected} known`);
  }

  const files = of('typecheck').map(({ title }) => title);
  const knownFiles = known.flatMap(([, { types = [] }]) => types);
  for (const file of new Set([...files, ...knownFiles])) {
    if (!knownFiles.includes(file)) found.push(`${file} does not type-check`);
    if (!files.includes(file)) found.push(`${file} type-checks by now`);
  }

  const isBuilt = of('build').length === 0;
  if (isBuilt === known.some(([, { build }]) => build)) {
    found.push(isBuilt ? 'the app builds by now' : 'the app does not build');
  }
  return found;
}

/**
 * The matrix: a row an app.
 *
 * @param pins Each app's own versions, to say only what differs.
 */
export function matrixTable(
  rows: Record<string, Row>,
  pins: Record<string, Record<string, string>>,
): string {
  const columns = COLUMNS.filter((column) => Object.values(rows).some((row) => row[column]));
  return table(
    ['App', ...columns],
    Object.entries(rows).map(([app, row]) => [
      app,
      ...columns.map((column) => cellText(row[column], pins[app] ?? {})),
    ]),
  );
}

/** docs/version-matrix.md. */
export function matrixDocument(
  rows: Record<string, Row>,
  pins: Record<string, Record<string, string>>,
  absent: Record<string, Record<string, Absence>>,
): string {
  const cells = (column: Column) =>
    Object.entries(rows).flatMap(([app, row]) => {
      const cell = row[column];
      return cell ? [[app, cell] as const] : [];
    });
  const missing = Object.entries(absent).flatMap(([app, patterns]) =>
    Object.entries(patterns).map(([id, { tests, types = [], build, why }]) => [
      app,
      id,
      [
        ...(tests ? [`${tests} ${tests === 1 ? 'test' : 'tests'}`] : []),
        ...(build ? ['the build'] : []),
        ...types.map(code),
      ].join('<br>'),
      why,
    ]),
  );
  const broken = cells('newest').flatMap(([app, cell]) =>
    cell.kind === 'run'
      ? cell.failures.map(({ step, title, detail = '' }) => [app, step, title, code(detail)])
      : [],
  );
  const held = cells('newest').flatMap(([app, cell]) =>
    Object.entries(cell.held ?? {}).map(([name, why]) => ({ app, what: `${name} ${why}` })),
  );
  const heldBack = Array.from(
    Map.groupBy(held, ({ what }) => what),
    ([what, by]) => [what, by.map(({ app }) => app).join(', ')],
  );
  return [
    '# Which versions the apps run on',
    'Each app’s type check, build and tests: on the versions that the document behind the patterns names, on the versions in its `package.json`, and on the newest that there are. Generated by `pnpm test:matrix --write`, from what was seen.',
    matrixTable(rows, pins),
    '## What the document’s versions do not have',
    'The apps are written for the pins. These patterns, or the way they are written here, need a newer release than the document’s; everything else passed there too. A file is named that does not type-check; “node” is `@workos-inc/node`.',
    table(['App', 'Pattern', 'What fails', 'Why'], missing),
    '## What the newest versions break',
    broken.length > 0 ? table(['App', 'Step', 'What', 'How'], broken) : 'Nothing.',
    '## What is not taken at its newest',
    heldBack.length > 0 ? table(['Package', 'In'], heldBack) : 'Nothing.',
  ].join('\n\n');
}

function cellText(cell: Cell | undefined, pins: Record<string, string>): string {
  if (!cell) return 'not run';
  if (cell.kind === 'none') return `– ${cell.why}`;
  if (cell.kind === 'same') return 'as pinned';
  const named = Object.entries(cell.versions)
    .filter(([name, version]) => SDK.test(name) || version !== pins[name])
    .map(([name, version]) => `${name} ${version.replace(/^npm:.*@/, '')}`);
  const { passed, skipped, failures } = cell;
  const steps = Map.groupBy(failures, ({ step }) => step);
  const said = [...steps].map(([step, failed]) =>
    step === 'test' || step === 'e2e'
      ? `${failed.length} failed: ${[...new Set(failed.map(subject))].join(', ')}`
      : step === 'typecheck'
        ? `${failed.length} ${failed.length === 1 ? 'file does' : 'files do'} not type-check`
        : `${step} fails`,
  );
  const counts = [`${passed} passed`, ...(skipped > 0 ? [`${skipped} skipped`] : []), ...said];
  return [...named, counts.join('; ')].join('<br>');
}

function code(text: string): string {
  return text && `\`${text.replaceAll('`', '’')}\``;
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
