import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';

/**
 * Writes PATTERNS.md: every pattern by its id, from document to code to test. The code names its patterns in its first line
 * (`// nextjs/with-auth — https://…`), a test begins its title with the id. With --check, says what is stale or unproven.
 */

const FILE = 'PATTERNS.md';
const ID = '(?:nextjs|react|node|migrate|python|go|trap|ask)/[a-z0-9-]+';
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

for (const file of files) {
  const text = await readFile(file, 'utf8').catch(() => '');
  const isTest = TEST_FILE.test(file);
  for (const line of text.split('\n').slice(0, 6)) {
    const [, ids, document = ''] = HEADER.exec(line.trim()) ?? [];
    for (const id of ids?.split(/,\s*/) ?? []) {
      const row = pattern(id);
      row.document ||= document.replace(/\s*\*\/$/, '');
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

const problems = [...patterns]
  .filter(([, { tests }]) => tests.length === 0)
  .map(([id, { code }]) => `${id} (${code.join(', ')}) has no test whose title begins with its id`);
for (const [id, { code, tests }] of patterns) {
  if (code.length === 0 && !id.startsWith('trap/') && !id.startsWith('ask/')) {
    problems.push(`${id} (${tests.join(', ')}) has no file whose first line names it`);
  }
}

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

function render(): string {
  const parts = [
    '# Patterns',
    'Every pattern that the apps show: the document that it comes from, the file to copy, the test that proves it. Search for the function that you read about. Generated from the files’ first lines and the tests’ titles: `pnpm fix` writes it anew.',
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
        '| Pattern | Code | Test |',
        '| --- | --- | --- |',
        ...rows.map(
          ([id, { document, code, tests }]) =>
            `| ${document.startsWith('http') ? `[${id}](${document})` : id} | ${links(code)} | ${links(tests)} |`,
        ),
      ].join('\n'),
    );
  }
  return `${parts.join('\n\n')}\n`;
}

function links(paths: string[]): string {
  return paths.map((path) => `[${path.replace(/^apps\//, '')}](${path})`).join('<br>');
}
