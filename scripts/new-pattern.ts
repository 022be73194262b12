import { existsSync, globSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { atCommandLine, chooseApp, interview, UsageError } from './new.ts';
import { BY_HAND, HERE, type Names, type Seam, TEMPLATES } from './pattern-templates.ts';

/**
 * `pnpm new:pattern <app> <id> <document>` begins a pattern: its file, the page or route that hands over to it, its test, its row
 * in the app's README and its entry in pattern-facts.ts. What it writes passes `pnpm fix && pnpm check`. See `--help`.
 */

const HELP = `Begins a pattern in an app: its file, what hands over to it, its test, its row in the README.

  pnpm new:pattern                          asks
  pnpm new:pattern <app> <id> <document>    e.g. worker node/validate-api-key https://workos.com/docs/…

Apps: ${Object.keys(TEMPLATES).join(', ')}`;

/** The pattern to begin. */
export interface Wish {
  app: string;
  /** `node/validate-api-key` */
  id: string;
  /** The vendor's page about it. */
  document: string;
}

if (import.meta.main) await atCommandLine(main);

async function main(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { help: { type: 'boolean' } },
  });
  if (values.help) return console.log(HELP);
  const root = resolve(import.meta.dirname, '..');
  const asks = positionals.length === 0 && process.stdin.isTTY;
  const [app, id, document] = asks ? await ask(root) : positionals;
  if (!app || !id || !document || positionals.length > 3) {
    throw new UsageError('pnpm new:pattern <app> <id> <document>. --help says more.');
  }
  const { created, changed } = await writePattern({ app, id, document }, root);
  const [first = ''] = created;
  const lines = (await readFile(join(root, first), 'utf8')).split('\n');
  console.log(
    `Write the pattern at ${first}:${lines.findIndex((line) => line.includes(HERE)) + 1}`,
  );
  console.log(`Beside it:           ${created.slice(1).join('\n                     ')}`);
  console.log(`Lines in:            ${changed.join('\n                     ')}`);
  console.log(
    `Then: pnpm fix && pnpm check. \`git grep --untracked TODO\` finds what else wants your words.`,
  );
}

/** Asks for all three; an answer that will not do is asked for again. */
function ask(root: string): Promise<[string, string, string]> {
  return interview(async (question) => {
    const untilGood = async (text: string, check: (answer: string) => unknown) => {
      for (;;) {
        const answer = await question(text);
        try {
          await check(answer);
          return answer;
        } catch (error) {
          if (!(error instanceof UsageError)) throw error;
          console.log(error.message);
        }
      }
    };
    const app = await chooseApp(Object.keys(TEMPLATES), question);
    const { prefix } = templateOf({ app, id: '', document: '' });
    const id = await untilGood(`Its id? (${prefix}/…)`, (answer) => checkId(app, answer, root));
    const document = await untilGood('The address of its document?', checkDocument);
    return [app, id, document];
  });
}

/**
 * Writes a pattern's files, and its lines into those that are there: all of it or nothing.
 *
 * @param root The repository.
 * @returns Paths from there, the pattern's own file first.
 * @throws UsageError for an app without a template, an id that is none or taken, a document that is no address, and a file or an
 *   address of the app that is there already.
 */
export async function writePattern(
  { app, id, document }: Wish,
  root: string,
): Promise<{ created: string[]; changed: string[] }> {
  if (!(app in TEMPLATES)) {
    const known = Object.keys(TEMPLATES).join(', ');
    throw new UsageError(
      BY_HAND[app]
        ? `Not in ${app}: ${BY_HAND[app]}.`
        : `There is no app "${app}". There are: ${known}`,
    );
  }
  await checkId(app, id, root);
  checkDocument(document);
  const { files, seams, taken = [], row, api } = templateOf({ app, id, document });
  const inApp = (path: string) => `apps/${app}/${path}`;
  const created = Object.entries(files).map(([file, text]) => [inApp(file), text] as const);
  const [there] = [
    ...created.map(([file]) => file).filter((file) => existsSync(join(root, file))),
    ...globSync(taken.map(inApp), { cwd: root }),
  ];
  if (there) throw new UsageError(`${there} is there already.`);

  // All in memory first: what does not fit is found before anything is written.
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  const change = async (file: string, edit: (text: string) => string) => {
    const text = after.get(file) ?? (await readFile(join(root, file), 'utf8'));
    if (!before.has(file)) before.set(file, text);
    after.set(file, edit(text));
  };
  for (const seam of seams) {
    await change(inApp(seam.file), (text) => withLines(text, seam));
  }
  await change(inApp('README.md'), (text) => withRow(text, row));
  await change('scripts/pattern-facts.ts', (text) => withFact(text, id, api));
  const written: string[] = [];
  try {
    for (const [file, text] of created) {
      await mkdir(join(root, dirname(file)), { recursive: true });
      await writeFile(join(root, file), text, { flag: 'wx' });
      written.push(file);
    }
    for (const [file, text] of after) await writeFile(join(root, file), text);
  } catch (error) {
    for (const file of written) await rm(join(root, file));
    for (const [file, text] of before) await writeFile(join(root, file), text);
    throw error;
  }
  return { created: created.map(([file]) => file), changed: [...after.keys()] };
}

async function checkId(app: string, id: string, root: string): Promise<void> {
  const { prefix } = templateOf({ app, id, document: '' });
  if (!new RegExp(`^${prefix}/[a-z][a-z0-9]*(-[a-z0-9]+)*$`).test(id)) {
    throw new UsageError(
      /^(trap|ask)\//.test(id)
        ? `"${id}" is a test’s: write it beside the pattern that it is about.`
        : `"${id}" is no id of ${app}: ${prefix}/ and lower-case words with "-", e.g. ${prefix}/validate-api-key.`,
    );
  }
  // The facts know it at once, the index when it is written anew.
  const index = await readFile(join(root, 'PATTERNS.md'), 'utf8');
  const facts = await readFile(join(root, 'scripts', 'pattern-facts.ts'), 'utf8');
  if (index.includes(`<a id="${id}">`) || facts.includes(`  '${id}': {`)) {
    throw new UsageError(`There is a pattern ${id} already: PATTERNS.md says where.`);
  }
}

function checkDocument(document: string): void {
  if (!/^https:\/\/[^\s'"`|<>\\]+$/.test(document) || !URL.canParse(document)) {
    throw new UsageError(`"${document}" is no address of a document: https://…`);
  }
}

function templateOf({ app, id, document }: Wish) {
  const template = TEMPLATES[app];
  if (!template) throw new Error(`no template for ${app}`);
  const name = id.split('/')[1] ?? '';
  const words = name.split('-');
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  const names: Names = {
    id,
    document,
    name,
    pascal: words.map(capital).join(''),
    snake: words.join('_'),
    title: capital(words.join(' ')),
  };
  return template(names);
}

function withLines(text: string, { file, lines, before, taken }: Seam): string {
  if (taken && text.includes(taken)) throw new UsageError(`${file} has ${taken} already.`);
  if (before === undefined) return withImport(text, lines);
  const [head = '', tail, ...more] = text.split(before);
  if (tail === undefined || more.length > 0) {
    throw new Error(`${file} has not one place for: ${before}. Mend scripts/pattern-templates.ts.`);
  }
  return head + lines + before + tail;
}

/** Among the imports of the app's own files, which are in the order of their paths. */
function withImport(text: string, line: string): string {
  const all = [...text.matchAll(/^import .* from '(\.[^']*)';\n/gm)];
  const path = /'(.*)'/.exec(line)?.[1] ?? '';
  const next = all.find(([, other = '']) => other > path);
  const last = all.at(-1);
  const at = next?.index ?? (last ? last.index + last[0].length : 0);
  return text.slice(0, at) + line + text.slice(at);
}

/** The last row of the table under "Patterns". */
function withRow(readme: string, cells: string[]): string {
  const [table] = /^## Patterns\n[^]*?\n(?:\|.*\n)+/m.exec(readme) ?? [];
  if (!table) throw new Error('README.md has no table under "## Patterns".');
  return readme.replace(table, () => `${table}| ${cells.join(' | ')} |\n`);
}

/** Among the facts of the same kind, which are in the order of their ids. */
function withFact(text: string, id: string, api: string): string {
  const line = `  '${id}': { api: ['${api}'] },\n`;
  const kind = `${id.split('/')[0]}/`;
  const entries = [
    ...text.matchAll(/^ {2}'([a-z]+\/[a-z0-9-]+)': \{(?:.*\},\n|\n[^]*?^ {2}\},\n)/gm),
  ];
  const own = entries.filter(([, other = '']) => other.startsWith(kind));
  const next = own.find(([, other = '']) => other > id);
  const last = own.at(-1);
  const at = next?.index ?? (last ? last.index + last[0].length : text.indexOf('};'));
  return text.slice(0, at) + line + text.slice(at);
}
