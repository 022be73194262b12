/**
 * What `pnpm new` makes of an app's README: a text for somebody who has the copy alone. Comments mark what differs:
 * `<!-- monorepo -->…<!-- /monorepo -->` stays here, `<!-- alone … -->` is for a copy, `<!-- minimal … -->` is the section
 * "Run" of a copy without tests and mock.
 */

export const MANAGERS = ['npm', 'pnpm', 'yarn', 'bun'] as const;
export type Manager = (typeof MANAGERS)[number];

/** How each says npm's "run a script" and "run a package's command". */
const WORDS: Record<Exclude<Manager, 'npm'>, { run: string; exec: string }> = {
  pnpm: { run: 'pnpm', exec: 'pnpm exec' },
  yarn: { run: 'yarn', exec: 'yarn' },
  // `bun test` is bun's own test runner.
  bun: { run: 'bun run', exec: 'bunx' },
};

const NODE_LINE = /^You need Node\.js .*\n\n/m;

/** A link to a file of the app: its label and its path. */
const LINK = /\[([^\]]*)\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g;

/**
 * The README without what concerns the monorepo.
 *
 * @param app The app's name here.
 * @param name The copy's name. The variable that moves its port is named after it.
 * @param node The lowest release of Node.js that runs it; said where the README itself does not.
 * @returns The text, and the section "Run" for a copy without tests where the README has one.
 */
export function readmeAlone(
  source: string,
  app: string,
  name: string,
  node: string,
): { text: string; run?: string } {
  const [, run] = /<!-- minimal\n([\s\S]*?)\n-->/.exec(source) ?? [];
  const text = source
    .replaceAll(/<!-- minimal\n[\s\S]*?\n-->\n*/g, '')
    .replaceAll(/<!-- monorepo -->[\s\S]*?<!-- \/monorepo -->\n*/g, '')
    .replaceAll(/<!-- alone\n?([\s\S]*?)\n?-->/g, '$1')
    .replaceAll(portVariable(app), portVariable(name))
    .replace(new RegExp(`^# ${app}$`, 'm'), `# ${name}`)
    .replace(/^## Run\n\n(?![^\n]*Node\.js)/m, `## Run\n\nYou need Node.js ${node} or newer.\n\n`);
  return run === undefined ? { text } : { text, run };
}

/** The variable that `workos-mock run --name NAME` reads the app's port from. */
function portVariable(name: string): string {
  return `${name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}_PORT`;
}

/**
 * The README of a copy without tests and mock: no column of tests, nothing that links to a file that is gone, and a section
 * "Run" that begins with the settings.
 *
 * @param files The copy's files.
 * @param scripts The app's scripts, to name the one that starts it.
 */
export function minimalReadme(
  { text, run }: { text: string; run?: string },
  files: string[],
  scripts: Record<string, string>,
): string {
  const start = scripts['dev'] ? 'npm run dev' : 'npm start';
  const section =
    run ??
    `${NODE_LINE.exec(text)?.[0] ?? ''}First the settings: see [below](#use-your-own-workos-environment). Then\n\n\`\`\`sh\nnpm install\n${start}\n\`\`\``;
  const isThere = (path: string) =>
    files.some((file) => file === path || file.startsWith(`${path}/`));
  const isGone = (block: string) =>
    [...block.matchAll(LINK)].some(([, , path = '']) => !isThere(path));
  return text
    .replace(/^## Run\n[\s\S]*?(?=^## )/m, () => `## Run\n\n${section}\n\n`)
    .split(/\n{2,}/)
    .map((block) => (block.startsWith('|') ? withoutColumn(block, 'Test') : block))
    .filter((block) => /^(\||- |1\. )/.test(block) || !isGone(block))
    .map((block) =>
      block.replaceAll(LINK, (link, label: string, path: string) => (isThere(path) ? link : label)),
    )
    .join('\n\n');
}

/** npm's commands as another package manager has them. */
export function inWordsOf(manager: Manager, text: string): string {
  if (manager === 'npm') return text;
  const { run, exec } = WORDS[manager];
  return text
    .replaceAll(/\bnpm install\b/g, `${manager} install`)
    .replaceAll(/\bnpm run ([\w:-]+)( --(?= ))?/g, `${run} $1`)
    .replaceAll(/\bnpm (test|start)\b/g, `${run} $1`)
    .replaceAll(/^npx (?=\w)/gm, `${exec} `);
}

function withoutColumn(table: string, title: string): string {
  const rows = table
    .trimEnd()
    .split('\n')
    .map((row) => row.split(/(?<!\\)\|/));
  const index = rows[0]?.findIndex((cell) => cell.trim() === title) ?? -1;
  if (index === -1) return table;
  return rows.map((cells) => cells.toSpliced(index, 1).join('|')).join('\n');
}
