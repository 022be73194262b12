import { execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { aloneEnvironment } from './alone.ts';
import { listApps, writeApp } from './new.ts';
import { commandsOf, minutesOf, portsOf, reasonNotToRun } from './readme-commands.ts';

/**
 * Tries the documents as a new user would: clones the last commit into a temporary folder and runs every command of every
 * README there, word for word and in order. What is not run is named with its reason.
 *
 *   pnpm test:readmes [--file README.md]… [--list] [--all] [--copies]
 *
 * --list runs nothing; --all runs the slow commands too; --copies tries the README that `pnpm new` writes for each app, not
 * for two.
 */

const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'docs/*.md',
  'packages/*/*.md',
  'apps/*/README.md',
];
const COPIES = ['pkce-cli', 'worker'];
/** What somebody has who types a command. */
const GIVEN: [command: RegExp, file: string, content: (document: string) => string][] = [
  [/--seed people\.yaml/, 'people.yaml', (text) => /```yaml\n([^]*?)```/.exec(text)?.[1] ?? ''],
  [
    /codemod .*\.\.\/my-app/,
    '../my-app/client.ts',
    () => "import workos from '@workos-inc/node';\n\nexport const client = new workos.WorkOS();\n",
  ],
];
/** The browser of `pkce-cli login`, in which the first person is chosen. */
const BROWSER = `#!${process.execPath}
const page = await fetch(process.argv[2]);
const cookie = page.headers.getSetCookie().map((text) => text.split(';')[0]).join('; ');
const [, action, form] = /<form method="post" action="([^"]+)">([^]*?)<\\/form>/.exec(await page.text());
const fields = [...form.matchAll(/name="([^"]+)"\\s+value="([^"]+)"/g)].slice(0, 3);
const body = new URLSearchParams(fields.map(([, name, value]) => [name, value]));
await fetch(new URL(action, page.url), { method: 'POST', headers: { cookie }, body });
`;

interface Document {
  name: string;
  path: string;
  /** The clone, or the copy. */
  root: string;
  /** Whose copy it belongs to. */
  app?: string;
}
interface Started {
  output: () => string;
  ended: Promise<number | null>;
  /** Ends it with all that it started. */
  stop: () => Promise<void>;
}

const { values: flags } = parseArgs({
  options: {
    file: { type: 'string', multiple: true },
    list: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
    copies: { type: 'boolean', default: false },
  },
});
const temporary = await mkdtemp(join(tmpdir(), 'readmes-'));
/** What a reader has got: the clone, and beside it what the commands make. */
const desk = join(temporary, 'desk');
const clone = join(desk, 'clone');
const open = new Set<Started>();
/** In which document a slow command was tried: once is enough. */
const tried = new Map<string, string>();
/** The last `dev` or mock: the commands after it may need it. */
let server: Started | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await Promise.all([...open].map(({ stop }) => stop()));
    process.exit(1);
  });
}

try {
  const rows: string[][] = [];
  for (const document of await documents()) rows.push(...(await tryDocument(document)));
  console.log(`\n${table([['document', 'command', 'result', 'seconds'], ...rows])}`);
  if (rows.some(([, , result]) => result === 'FAILED')) process.exitCode = 1;
} finally {
  await rm(temporary, { recursive: true, force: true });
}

/** Makes the clone; answers its documents and those of the copies. */
async function documents(): Promise<Document[]> {
  const here = resolve(import.meta.dirname, '..');
  git(here, 'clone', '--quiet', here, clone);
  await writeFile(join(temporary, '.curlrc'), 'fail-with-body\nshow-error\n');
  await writeFile(join(temporary, 'browser.mjs'), BROWSER, { mode: 0o755 });
  if (git(here, 'status', '--porcelain')) console.log('What is not committed is not tried.');
  const found: Document[] = DOCUMENTS.flatMap((pattern) =>
    git(clone, 'ls-files', `:(glob)${pattern}`).split('\n'),
  ).map((name) => ({ name, path: join(clone, name), root: clone }));
  for (const app of flags.copies || flags.file ? await listApps() : COPIES) {
    const root = join(desk, app);
    found.push({ name: `copy of ${app}/README.md`, path: join(root, 'README.md'), root, app });
  }
  const chosen = found.filter(({ name }) => !flags.file || flags.file.includes(name));
  if (chosen.length >= (flags.file?.length ?? 1)) return chosen;
  throw new Error(`--file takes\n${found.map(({ name }) => name).join('\n')}`);
}

async function tryDocument({ name, path, root, app }: Document): Promise<string[][]> {
  if (app) await writeApp(app, root, { minimal: false, git: true, manager: 'npm' });
  const document = await readFile(path, 'utf8');
  const env = environment(document);
  const rows: string[][] = [];
  // An alias or a function is there for the commands after it, as in one terminal.
  let known = '';
  for (const { text, inRoot } of commandsOf(document)) {
    const row = [name, inOneLine(text)];
    const reason = reasonNotToRun(text, flags.all);
    const before = tried.get(text);
    if (reason) {
      row.push(`not run: ${reason}`);
    } else if (before) {
      row.push(`not run again: see ${before}`);
    } else if (!flags.list) {
      const began = Date.now();
      const cwd = inRoot ? root : dirname(path);
      await give(text, document, cwd);
      const ports = portsOf(text, app);
      const problem = (await run(known + text, { cwd, env, ports })) ?? changesInClone();
      if (problem) console.error(problem);
      row.push(problem ? 'FAILED' : 'ok', ((Date.now() - began) / 1000).toFixed(1));
      console.log(row.slice(1).join('  '));
      if (minutesOf(text) && !app) tried.set(text, name);
    }
    rows.push(row);
    if (/^(alias |\w+\(\))/.test(text)) known += `${text}\n`;
  }
  await server?.stop();
  server = undefined;
  git(clone, 'clean', '-fdq');
  for (const made of await readdir(desk)) {
    if (join(desk, made) !== clone) await rm(join(desk, made), { recursive: true });
  }
  return rows.length > 0 ? rows : [[name, '', 'no command']];
}

/** A command leaves the repository's files as they are, but for the pictures that `screenshots` takes. */
function changesInClone(): string {
  const changes = git(clone, 'diff', '--stat', '--', '.', ':!docs/screenshots');
  if (changes) git(clone, 'checkout', '--quiet', '.');
  return changes && `It changes files of the repository:\n${changes}`;
}

/** Runs a command to its end or, where it has ports, until it answers there. Says what went wrong, if anything did. */
async function run(
  script: string,
  { cwd, env, ports }: { cwd: string; env: NodeJS.ProcessEnv; ports: number[] | undefined },
): Promise<string | undefined> {
  // A slow command has servers of its own, and needs the machine.
  if (ports || minutesOf(script)) await server?.stop();
  for (const port of ports ?? []) {
    if (await answers(port)) return `Port ${port} is in use: stop what listens there.`;
  }
  const command = start(script, cwd, env);
  const minutes = ports ? 5 : 60;
  const outcome = await Promise.race([
    command.ended,
    setTimeout(minutes * 60_000, 'stuck' as const, { ref: false }),
    ...(ports ? [untilReady(command, ports)] : []),
  ]);
  if (outcome === 'ready') {
    server = command;
    return undefined;
  }
  await command.stop();
  if (outcome === 'stuck') return `${command.output()}\nNothing more in ${minutes} minutes.`;
  // `# 403, and why`: what the reader is told to expect.
  const [, refused] = /# (4\d\d)\b/.exec(script) ?? [];
  const isRight = refused ? command.output().includes(`error: ${refused}`) : outcome === 0;
  return isRight && !ports ? undefined : `${command.output()}\nIt ended with ${outcome}.`;
}

/** Starts a command in a shell and a process group of its own. */
function start(script: string, cwd: string, env: NodeJS.ProcessEnv): Started {
  const child = spawn('bash', ['-O', 'expand_aliases', '-c', script], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const ended = new Promise<number | null>((done) => child.once('close', done));
  const command: Started = {
    output: () => output,
    ended,
    stop: async () => {
      for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
        if (!child.pid || !open.has(command)) return;
        process.kill(-child.pid, signal);
        await Promise.race([ended, setTimeout(15_000, undefined, { ref: false })]);
      }
    },
  };
  open.add(command);
  void ended.then(() => open.delete(command));
  return command;
}

/** Until a server has said where to go, and answers there. */
async function untilReady(command: Started, ports: number[]): Promise<'ready' | undefined> {
  while (open.has(command)) {
    const hasSaid = ports.every((port) => command.output().includes(`localhost:${port}`));
    if (hasSaid && (await Promise.all(ports.map(answers))).every(Boolean)) return 'ready';
    await setTimeout(250);
  }
  return undefined;
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://localhost:${port}`, { redirect: 'manual' }).then(
    () => true,
    () => false,
  );
}

/** What a person's terminal has: no pnpm but the one of npx, and the Node.js that the document asks for. */
function environment(document: string): NodeJS.ProcessEnv {
  const env = aloneEnvironment();
  const [ours = '', ...others] = (env.PATH ?? '').split(delimiter);
  const [, needed = '20'] = /Node\.js ([\d.]+) or newer/.exec(document) ?? [];
  const path = others.filter((part) => !part.includes('_npx'));
  return {
    ...env,
    PATH: (Number.parseInt(needed) > 20 ? [ours, ...path] : path).join(delimiter),
    BROWSER: join(temporary, 'browser.mjs'),
    CURL_HOME: temporary,
    XDG_STATE_HOME: join(temporary, 'state'),
  };
}

/** Puts there what somebody has who types the command. */
async function give(command: string, document: string, cwd: string): Promise<void> {
  for (const [pattern, file, content] of GIVEN) {
    if (!pattern.test(command)) continue;
    await mkdir(dirname(join(cwd, file)), { recursive: true });
    await writeFile(join(cwd, file), content(document));
  }
}

function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd, encoding: 'utf8' }).trim();
}

function inOneLine(command: string): string {
  const [line = '', ...more] = command.split('\n');
  const text = line.replace(/\s+#.*/, '');
  return more.length > 0 || text.length > 70 ? `${text.slice(0, 70)} …` : text;
}

function table(rows: string[][]): string {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(width(column)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
