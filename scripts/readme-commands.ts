import { spawnSync } from 'node:child_process';

/** What `pnpm test:readmes` takes from a document, what it leaves to a person, and what goes on until it is ended. */

export interface Command {
  text: string;
  /** Whether the document has sent its reader to the root of the repository before. */
  inRoot: boolean;
}

const PROGRAM =
  /^([A-Z_]+=\S+ )*(npx|npm|pnpm|node|curl|pip|go|git|wrangler|next|workos-mock|pkce-cli) \S/;
/** A table whose heading says what comes before the code in its first column. */
const TABLE = /^\|[^|\n]*\(after `([^`]+)`\).*\n((?:\|.*\n?)+)/gm;
const BLOCK_OR_CODE = /^```(\w*).*\n([^]*?)^```$|`([^`]+)`/gm;

/** What only a person can do, or is no command. */
const NOT_RUN: [command: RegExp, reason: string][] = [
  [/<[\w-]+>|…$/, 'has a placeholder for your own words'],
  [/ new:pattern$/, 'asks a person: scripts/new-pattern.test.ts answers'],
  [/^git grep --untracked TODO$/, 'finds what a new pattern leaves to write'],
  [/^npx canceled/, 'is a message of npm'],
  [/^next start/, 'does not start without a WorkOS account'],
  [/^next build$/, 'is a name in a sentence: `build` runs it'],
  [/\bwrangler (login|deploy|secret put)\b/, 'needs a Cloudflare account'],
  [/^workos-mock run$/, 'is a name in a sentence: `dev` runs it'],
  [/^(pip install|go get|npm install @|npm install -D) ?/, 'is for a project of your own'],
  [/ test:readmes$/, 'is what runs here'],
  [/ test:matrix --write$/, 'is `test:matrix`, which is tried, and changes a file'],
  [/ soak --full$/, 'is `soak`, which is tried, for longer: CI runs it every week'],
];
/** What runs with --all alone, in minutes on two cores. */
const SLOW: [command: RegExp, minutes: number][] = [
  [/ pnpm@12 test(:all)?$/, 20],
  [/ test:copies$/, 30],
  [/ test:resilience$/, 15],
  [/ test:matrix$/, 60],
  [/ screenshots$/, 2],
  [/ backends$/, 5],
  [/ coverage$/, 2],
  [/ soak$/, 5],
  [/ bench$/, 5],
];

/** Where each app answers that `dev` starts. */
const PORTS: Record<string, number> = {
  'nextjs-proxy': 3000,
  'nextjs-composable': 3001,
  'nextjs-middleware': 3002,
  'react-spa': 5173,
  worker: 8787,
};

/**
 * The commands of a document as it is read, without its comments: each of its `sh` blocks, and code in a sentence that begins
 * with a program and goes on.
 */
export function commandsOf(markdown: string): Command[] {
  const text = markdown
    .replaceAll(/<!--[^]*?-->/g, '')
    .replaceAll(TABLE, (_, words: string, rows: string) =>
      rows.replaceAll(/^\|[^|]*/gm, (cell) => cell.replaceAll(/`([^`]+)`/g, `\`${words} $1\``)),
    );
  const commands = new Map<string, Command>();
  for (const { index, 1: language, 2: block = '', 3: code = '' } of text.matchAll(BLOCK_OR_CODE)) {
    const sentence = code.replaceAll(/\s+/g, ' ');
    const found = language === 'sh' ? inBlock(block) : PROGRAM.test(sentence) ? [sentence] : [];
    const inRoot = /root of the\s+repository/.test(text.slice(0, index));
    // What is said twice is tried once.
    for (const command of found) commands.set(command, { text: command, inRoot });
  }
  return [...commands.values()];
}

/** A line goes on in the next one as long as bash waits for more. */
function inBlock(block: string): string[] {
  const commands: string[] = [];
  let open = '';
  for (const line of block.trim().split('\n')) {
    open += open ? `\n${line}` : line;
    const isWhole = !line.endsWith('\\') && spawnSync('bash', ['-n'], { input: open }).status === 0;
    if (isWhole && open) commands.push(open);
    if (isWhole) open = '';
  }
  return open ? [...commands, open] : commands;
}

/** Why a command is not run; undefined when it is. */
export function reasonNotToRun(command: string, all: boolean): string | undefined {
  const [, reason] = NOT_RUN.find(([pattern]) => pattern.test(command)) ?? [];
  const minutes = minutesOf(command);
  return reason ?? (minutes && !all ? `takes ${minutes} minutes, --all runs it` : undefined);
}

/** How long a slow command takes; undefined for any other. */
export function minutesOf(command: string): number | undefined {
  return SLOW.find(([pattern]) => pattern.test(command))?.[1];
}

/**
 * The ports at which a command answers that goes on until it is ended; undefined for one that ends by itself.
 *
 * @param app Whose copy `npm run dev` starts.
 */
export function portsOf(command: string, app?: string): number[] | undefined {
  if (/^npx workos-mock( *#| *$| --)|^(npx pnpm@12|npm run) mock\b/.test(command)) {
    const first = Number(/--port (\d+)/.exec(command)?.[1] ?? 4100);
    const count = Number(/--namespaces (\d+)/.exec(command)?.[1] ?? 1);
    return Array.from({ length: count }, (_, index) => first + index);
  }
  if (!/(npx (-y )?pnpm@12|npm run) dev\b/.test(command)) return undefined;
  const only = app ?? /--filter (\S+)/.exec(command)?.[1];
  const ports = Object.entries(PORTS).map(([name, port]) => {
    const variable = `${name.toUpperCase().replaceAll('-', '_')}_PORT`;
    const moved = new RegExp(`^${variable}=(\\d+) `).exec(command)?.[1];
    return !only || only === name ? [Number(moved ?? port)] : [];
  });
  return [4100, ...ports.flat()];
}
