import { execFileSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { FACTS, ID, ON_SCREEN, REMEMBERED, type SearchEntry } from './pattern-facts.ts';

/**
 * Writes PATTERNS.md: every pattern by its id, from document to code to test. The code names its patterns in its first line
 * (`// nextjs/with-auth — https://…`), a test begins its title with the id; what cannot be read from there is in pattern-facts.ts.
 * With --check, says what is stale or unproven.
 */

const FILE = 'PATTERNS.md';
const HEADER = new RegExp(
  `^(?://|#|/\\*\\*?|--|<!--)\\s*((?:${ID})(?:,\\s*${ID})*)\\s+—\\s+(\\S+)`,
);
const IDS = `${ID}(?:,\\s*${ID})*`;
// A title stands right after a parenthesis, or on a line of its own after a table of cases.
const TITLE = new RegExp(`(?:^\\s*|\\(\\s*)['"\`](${IDS}):`, 'gm');
const PYTHON_OR_GO_TITLE = new RegExp(`(?:"""|//\\s*)(${IDS}):`, 'g');
const TEST_FILE = /\.(test|spec|test-d)\.tsx?$|(^|\/)test_\w+\.py$|_test\.go$/;
const SECTIONS: [prefix: string, title: string, intro: string][] = [
  ['nextjs', 'Next.js', 'Server-rendered apps with `@workos-inc/authkit-nextjs`.'],
  ['react', 'React, single-page', 'Apps in the browser alone, with `@workos-inc/authkit-react`.'],
  ['node', 'Node SDK: servers, Workers, the command line', '`@workos-inc/node`.'],
  ['migrate', 'Upgrades', 'One breaking change a row, run on the old and the new version.'],
  ['python', 'Python', 'The `workos` package.'],
  ['go', 'Go', '`workos-go`.'],
  [
    'trap',
    'Traps',
    'What the documents’ own snippets break on: pinned by a test, with a safe form.',
  ],
  ['ask', 'Asked for', 'What people ask for in the SDKs’ issues and find no example of.'],
];

interface Pattern {
  document: string;
  code: string[];
  tests: string[];
}

const patterns = new Map<string, Pattern>();
const pattern = (id: string) => {
  const known = patterns.get(id);
  if (known) return known;
  const fresh: Pattern = { document: '', code: [], tests: [] };
  patterns.set(id, fresh);
  return fresh;
};

const files = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', 'apps', 'e2e'],
  {
    encoding: 'utf8',
  },
)
  .split('\n')
  .filter((file) => /\.(tsx?|py|go)$/.test(file))
  .toSorted();

const sources = new Map<string, string>();
/** What a file says that its pattern comes from, by `id file`. */
const documents = new Map<string, string>();
for (const file of files) {
  const text = await readFile(file, 'utf8').catch(() => '');
  sources.set(file, text);
  const isTest = TEST_FILE.test(file);
  for (const line of text.split('\n').slice(0, 6)) {
    const [, ids, document = ''] = HEADER.exec(line.trim()) ?? [];
    for (const id of ids?.split(/,\s*/) ?? []) {
      const row = pattern(id);
      const url = document.replace(/\s*\*\/$/, '');
      row.document ||= url;
      documents.set(`${id} ${file}`, url);
      if (!isTest) row.code.push(file);
    }
  }
  if (!isTest) continue;
  for (const expression of [TITLE, PYTHON_OR_GO_TITLE]) {
    for (const [, ids = ''] of text.matchAll(expression)) {
      for (const id of ids.split(/,\s*/)) {
        const { tests } = pattern(id);
        if (!tests.includes(file)) tests.push(file);
      }
    }
  }
}

// The file to copy stands first, and its document is the pattern's.
for (const [id, row] of patterns) {
  const name = id.slice(id.indexOf('/') + 1);
  const { main } = FACTS[id] ?? {};
  const first = row.code.find((file) => (main ? file.endsWith(main) : parse(file).name === name));
  if (main && !first) throw new Error(`pattern-facts.ts: ${id} has no file ${main}`);
  if (!first) continue;
  row.code = [first, ...row.code.filter((file) => file !== first)];
  row.document = documents.get(`${id} ${first}`) || row.document;
}

const problems = [...patterns]
  .filter(([, { tests }]) => tests.length === 0)
  .map(([id, { code }]) => `${id} (${code.join(', ')}) has no test whose title begins with its id`);
for (const [id, { code, tests }] of patterns) {
  if (code.length === 0 && !id.startsWith('trap/') && !id.startsWith('ask/')) {
    problems.push(`${id} (${tests.join(', ')}) has no file whose first line names it`);
  }
}

problems.push(...unfoundNames(), ...(await unfoundWords()));

const text = render();
if (process.argv.includes('--check')) {
  const current = await readFile(FILE, 'utf8').catch(() => '');
  if (current !== text) problems.push(`${FILE} is stale: pnpm fix writes it anew`);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(`${FILE}: ${patterns.size} patterns, each with a test.`);
} else {
  await writeFile(FILE, text);
  console.log(`${FILE}: ${patterns.size} patterns.`);
  for (const problem of problems) console.warn(problem);
}

/** Names in the table that the pattern itself does not use. */
function unfoundNames(): string[] {
  return Object.entries(FACTS).flatMap(([id, { api }]) => {
    const known = patterns.get(id);
    if (!known) return [`pattern-facts.ts: there is no pattern ${id}`];
    const own = [...known.code, ...known.tests].map((file) => sources.get(file)).join('\n');
    return api
      .flatMap((call) => call.match(/[\w@/.-]*\w/g) ?? [])
      .map((name) => (name.startsWith('@') ? name : (name.split('.').at(-1) ?? name)))
      .filter((name) => !own.includes(name))
      .map((name) => `pattern-facts.ts: ${id} has no file that says ${name}`);
  });
}

/** Search words that lead nowhere, or that neither an app nor the named source says. */
async function unfoundWords(): Promise<string[]> {
  const found: string[] = [];
  const said = [...sources.values()].join('\n');
  for (const { words, means, ids, seenIn } of [...ON_SCREEN, ...REMEMBERED]) {
    const name = words[0] ?? means;
    for (const id of ids.filter((one) => !patterns.has(one))) {
      found.push(`pattern-facts.ts: “${name}” leads to ${id}, which does not exist`);
    }
    const missing = words.filter((word) => !said.includes(word));
    if (missing.length === 0) continue;
    const source = seenIn ? await readSource(seenIn) : '';
    for (const word of missing.filter((one) => !source.includes(one))) {
      found.push(`pattern-facts.ts: neither an app nor ${seenIn ?? 'a seenIn'} says “${word}”`);
    }
  }
  return found;
}

/** A file's text, or that of all modules in a folder; '' when it is not installed. */
async function readSource(path: string): Promise<string> {
  if (/\.\w+$/.test(path)) return readFile(path, 'utf8').catch(() => '');
  const names = await readdir(path).catch(() => []);
  const modules = names.filter((name) => name.endsWith('.mjs'));
  return (await Promise.all(modules.map((name) => readFile(join(path, name), 'utf8')))).join('\n');
}

function render(): string {
  const parts = [
    '# Patterns',
    'Every pattern that the apps show: the document that it comes from, the files to copy, the main one first, and the test that proves it. A trap or a question whose answer is another pattern has a test alone. Search for the function that you read about, the [message on your screen](#on-your-screen) or the [name that you remember](#what-you-remember). “Since” is the first release that has everything in “API”, where that is known. Generated from the files’ first lines, the tests’ titles and `scripts/pattern-facts.ts`: `npx pnpm@12 fix` writes it anew.',
    '## Search: what is on your screen, what you remember',
    '### On your screen',
    searchTable('Message', 'What it means', ON_SCREEN),
    '### What you remember',
    searchTable('Name', 'Today', REMEMBERED),
  ];
  for (const [prefix, title, intro] of SECTIONS) {
    const rows = [...patterns]
      .filter(([id]) => id.startsWith(`${prefix}/`))
      .toSorted(([a], [b]) => a.localeCompare(b));
    if (rows.length === 0) continue;
    parts.push(
      `## ${title}`,
      intro,
      [
        '| Pattern | API | Since | Code | Test |',
        '| --- | --- | --- | --- | --- |',
        ...rows.map(([id, { document, code, tests }]) => {
          const { api = [], since = '' } = FACTS[id] ?? {};
          const name = document.startsWith('http') ? `[${id}](${document})` : id;
          const calls = api.map((call) => `\`${call}\``).join('<br>');
          return `| <a id="${id}"></a>${name} | ${calls} | ${since} | ${links(code)} | ${links(tests)} |`;
        }),
      ].join('\n'),
    );
  }
  return `${parts.join('\n\n')}\n`;
}

function searchTable(left: string, middle: string, entries: SearchEntry[]): string {
  const rows = entries.map(({ words, means, ids }) => {
    const said = words.map((word) => `\`${word}\``).join('<br>') || 'no message';
    return `| ${said} | ${means} | ${ids.map((id) => `[${id}](#${id})`).join('<br>')} |`;
  });
  return [`| ${left} | ${middle} | Pattern |`, '| --- | --- | --- |', ...rows].join('\n');
}

function links(paths: string[]): string {
  return paths.map((path) => `[${path.replace(/^apps\//, '')}](${path})`).join('<br>');
}
