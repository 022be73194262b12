import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Change } from './change.ts';
import { changes } from './changes.ts';
import { diffLines } from './diff-lines.ts';
import { areEqual, type Outcome, type Place, runChange } from './run-change.ts';

/** A change, and what came of it when it was run. */
export interface Row {
  change: Change;
  outcomes: Outcome[];
  /** Whether every version came to the same result. */
  isEqual: boolean;
}

/** Runs the whole guide. */
export async function runGuide(place: Place): Promise<Row[]> {
  const rows: Row[] = [];
  for (const change of changes) {
    const outcomes = await runChange(change, place);
    rows.push({ change, outcomes, isEqual: areEqual(outcomes) });
  }
  return rows;
}

/** The guide as a table for a terminal. */
export function formatTable(rows: Row[]): string {
  const cells = [
    ['CHANGE', 'BEFORE', 'TODAY', 'GONE WITH', '7, 8, 11', 'REQUESTS', 'CODEMOD'],
    ...rows.map(({ change, outcomes, isEqual }) => [
      change.id,
      summarize(change.before),
      summarize(change.after),
      String(change.gone),
      isEqual ? 'same result' : 'DIFFERENT',
      wireDifference(outcomes) ? 'differ' : 'same',
      change.codemod,
    ]),
  ];
  const widths = cells[0]?.map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The guide in Markdown, with each change's code as a difference from version 7 to today. */
export async function formatMarkdown(rows: Row[]): Promise<string> {
  const table = [
    '| Pattern | Before | Today | Gone with | Codemod | Code | Test |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows.map(({ change }) => {
      const name = folderOf(change);
      const code = ['v7', 'v8', 'v11'].map((v) => `[${v}](src/${name}/${v}.ts)`).join(' ');
      return `| [${change.id}](#${name}) | ${codes(change.before)} | ${codes(change.after)} | ${change.gone} | ${change.codemod} | ${code} | [test](src/${name}/${name}.test.ts) |`;
    }),
  ];
  const sections = await Promise.all(rows.map(formatSection));
  return [table.join('\n'), '## The guide', ...sections].join('\n\n');
}

/** What a generated part looks like whichever formatter has been over it. */
export function withoutLayout(markdown: string): string {
  return markdown
    .split('\n')
    .map((line) =>
      line.startsWith('|') ? line.replaceAll(/\s+/g, ' ').replaceAll(/-+/g, '-') : line,
    )
    .join('\n')
    .trim();
}

async function formatSection({ change, outcomes }: Row): Promise<string> {
  const name = folderOf(change);
  const [before, after] = await Promise.all([sourceOf(name, 'v7'), sourceOf(name, 'v11')]);
  const difference = wireDifference(outcomes);
  return [
    `### ${name}`,
    change.what,
    `\`\`\`diff\n${diffLines(before.code, after.code)}\n\`\`\``,
    difference
      ? `Requests: version 7 sent ${codes(difference.gone)}, version 11 sends ${codes(difference.come)}.`
      : outcomes[0]?.wire.length
        ? `Requests: the same, ${codes([...new Set(outcomes[0].wire)])}.`
        : 'Requests: none.',
    `[The vendor’s document](${after.document})`,
  ].join('\n\n');
}

/** Which requests went, and which came in their place; null when they are the same. */
function wireDifference(outcomes: Outcome[]): { gone: string[]; come: string[] } | null {
  const [before = [], after = []] = [outcomes[0]?.wire, outcomes.at(-1)?.wire];
  const gone = before.filter((request) => !after.includes(request));
  const come = after.filter((request) => !before.includes(request));
  return gone.length + come.length > 0 ? { gone, come } : null;
}

/** A version's file: the document that its first line names, and the code as it stands in an app. */
async function sourceOf(
  name: string,
  version: string,
): Promise<{ document: string; code: string }> {
  const text = await readFile(join(import.meta.dirname, name, `${version}.ts`), 'utf8');
  const [header = '', ...lines] = text.split('\n');
  const code = lines.join('\n').replaceAll(/'workos-node-\d+/g, "'@workos-inc/node");
  return { document: header.split(' — ')[1] ?? '', code: code.trim() };
}

function folderOf({ id }: Change): string {
  return id.replace('migrate/', '');
}

function summarize([first = '', ...more]: readonly string[]): string {
  return more.length > 0 ? `${first} (+${more.length})` : first;
}

function codes(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  return names.map((name) => `\`${name.replaceAll('|', '\\|')}\``).join(', ');
}
