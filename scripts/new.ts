import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { ENGINES, type Manifest, withMock, withoutTests } from './new-manifest.ts';
import { MANAGERS, type Manager, minimalReadme, readmeAlone, inWordsOf } from './new-readme.ts';

/**
 * `pnpm new <app> <folder>` writes an app out as a project of its own: its files, the mock as a package file beside them, and
 * nothing that points back here. See `--help`.
 */

const HELP = `Writes an app out as a project of its own.

  pnpm new                          asks which app and where
  pnpm new <app> <folder>
    --minimal                       without the tests and the mock: for your own WorkOS environment from the start
    --pm npm|pnpm|yarn|bun          whose commands the README has (npm)
    --no-git                        do not make a git repository

Apps: `;

export interface Options {
  /** Without the tests and the mock. */
  minimal: boolean;
  /** Whether to make a git repository. */
  git: boolean;
  /** Whose commands the README has. */
  manager: Manager;
}

/** What a project needs to ignore that the monorepo's root ignores for all apps. */
const GITIGNORE = `node_modules/
dist/
.next/
.wrangler/
coverage/
playwright-report/
test-results/
next-env.d.ts
*.tsbuildinfo

# Secrets and local settings. .env.development holds the mock's values only.
.env
.env.local
.env.*.local
.dev.vars
`;
/** Files that only tests and the mock need, by path in the app. */
const TESTING =
  /(^|\/)(e2e|test|traps|bench)\/|\.(test|spec|test-d)\.[cm]?tsx?$|(^|\/)(test_\w+|conftest)\.py$|_test\.go$|^requirements-dev\.txt$|^tsconfig\.node\.json$|^(vitest|playwright)[\w.-]*\.config\.ts$|^\.env(\.development)?$|^\.dev\.vars$/;
/** Apps of which nothing would be left to run. */
const NEVER_MINIMAL: Record<string, string> = {
  'node-migrations': 'it runs every change against the mock',
};
/** pnpm runs no install script that is not named. */
const PNPM_SETTINGS = `allowBuilds:
  esbuild: true
  msw: true
  sharp: true
  workerd: true
`;

const root = resolve(import.meta.dirname, '..');
/** The mock's package file, made once a process however many apps it writes out. */
let packed: Promise<{ name: string; content: Buffer }> | undefined;

/** A mistake of the person at the keyboard: one line, no stack. */
export class UsageError extends Error {
  override name = 'UsageError';
}

if (import.meta.main) await atCommandLine(main);

/** Runs a command with what was typed; a mistake in that is one line and exit code 1. */
export async function atCommandLine(run: (args: string[]) => Promise<void>): Promise<void> {
  try {
    await run(process.argv.slice(2));
  } catch (error) {
    const isUsage =
      error instanceof UsageError || String(Object(error).code).startsWith('ERR_PARSE_ARGS');
    if (!isUsage) throw error;
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

async function main(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      minimal: { type: 'boolean', default: false },
      pm: { type: 'string', default: 'npm' },
      'no-git': { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  const apps = await listApps();
  if (values.help) return console.log(HELP + apps.join(', '));
  const asks = positionals.length === 0 && process.stdin.isTTY;
  const { app, folder, minimal, pm } = asks
    ? { ...values, ...(await ask(apps)) }
    : { ...values, app: positionals[0], folder: positionals[1] };
  if (!app || !folder) throw new UsageError(`pnpm new <app> <folder>. Apps: ${apps.join(', ')}`);
  if (!apps.includes(app)) {
    throw new UsageError(`There is no app "${app}". There are: ${apps.join(', ')}`);
  }
  const manager = MANAGERS.find((name) => name === pm);
  if (!manager) throw new UsageError(`--pm ${pm}? One of ${MANAGERS.join(', ')}.`);
  const target = resolve(process.env.INIT_CWD ?? process.cwd(), folder);
  await writeApp(app, target, { minimal, manager, git: !values['no-git'] });
  console.log(
    `${app} is in ${relative(process.cwd(), target) || target}. Its README.md says how to run it.`,
  );
}

/** Asks for what the command line left out. */
function ask(apps: string[]): Promise<{ app: string; folder: string; minimal: boolean }> {
  return interview(async (question) => {
    const app = await chooseApp(apps, question);
    const folder = (await question(`Into which folder? (../my-${app})`)) || `../my-${app}`;
    const minimal =
      !(app in NEVER_MINIMAL) &&
      /^n/i.test(await question('With its tests, and the mock to run offline? (Y/n)'));
    return { app, folder, minimal };
  });
}

/** Asks a person at the terminal. */
export type Question = (text: string) => Promise<string>;

/** Lists the apps and asks for one; an answer that means nothing is asked for again. */
export async function chooseApp(apps: string[], question: Question): Promise<string> {
  console.log(apps.map((name, index) => `  ${index + 1}  ${name}`).join('\n'));
  for (;;) {
    const answer = await question('Which app, by name or number?');
    const app = apps.find((name, index) => answer === name || answer === String(index + 1));
    if (app) return app;
  }
}

/** @throws UsageError when the person ends it with Ctrl-C or Ctrl-D. */
export async function interview<T>(run: (question: Question) => Promise<T>): Promise<T> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new AbortController();
  terminal.once('close', () => closed.abort());
  try {
    return await run(async (text) =>
      (await terminal.question(`${text} `, { signal: closed.signal })).trim(),
    );
  } catch (error) {
    if (closed.signal.aborted) throw new UsageError('\nNothing is written.');
    throw error;
  } finally {
    terminal.close();
  }
}

/**
 * Writes an app out.
 *
 * @param app Its folder's name under apps/.
 * @param target Where to; made when it is not there. Its last part becomes the package's name.
 * @throws UsageError when the folder has something in it (nothing is ever overwritten), or when the app is nothing without
 *   its tests.
 */
export async function writeApp(app: string, target: string, options: Options): Promise<void> {
  const { minimal, git, manager } = options;
  if (minimal && app in NEVER_MINIMAL) {
    throw new UsageError(`${app} cannot be --minimal: ${NEVER_MINIMAL[app]}.`);
  }
  const name = packageName(target);
  const existing = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new UsageError(`${target} is no folder that can be written to (${error.code}).`);
  });
  if (existing.length > 0) throw new UsageError(`${target} is not empty. Choose another folder.`);

  const source = join(root, 'apps', app);
  const tracked = gitFiles(source);
  const manifest = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as Manifest;
  // In Python and Go apps npm only starts the tests and the mock.
  const isNode = Boolean(manifest.dependencies);
  const files = tracked.filter(
    (file) =>
      file !== 'turbo.json' &&
      !(minimal && (TESTING.test(file) || (file === 'package.json' && !isNode))),
  );
  for (const file of files) {
    await mkdir(join(target, dirname(file)), { recursive: true });
    await cp(join(source, file), join(target, file));
  }

  if (files.includes('package.json')) {
    const written = minimal
      ? withoutTests({ ...manifest, name }, files)
      : withMock({ ...manifest, name }, app, await bringMock(target));
    await writeFile(join(target, 'package.json'), `${JSON.stringify(written, null, 2)}\n`);
    if (manager === 'pnpm') await writeFile(join(target, 'pnpm-workspace.yaml'), PNPM_SETTINGS);
  }
  const node = (manifest.engines?.node ?? ENGINES.node).replace('>=', '');
  const readme = readmeAlone(await readFile(join(source, 'README.md'), 'utf8'), app, name, node);
  const text = minimal ? minimalReadme(readme, files, manifest.scripts ?? {}) : readme.text;
  await writeFile(join(target, 'README.md'), inWordsOf(manager, text));
  if (!files.includes('.gitignore')) await writeFile(join(target, '.gitignore'), GITIGNORE);
  if (git) {
    execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: target });
  }
}

/** Every app that can be written out. */
export async function listApps(): Promise<string[]> {
  const entries = await readdir(join(root, 'apps'), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

/** A folder's name as npm takes it for a package: lower case, without spaces. */
function packageName(target: string): string {
  const name = basename(target)
    .toLowerCase()
    .replaceAll(/[^a-z0-9.~-]+/g, '-')
    .replaceAll(/^[.-]+|-+$/g, '');
  if (!name) throw new UsageError(`${target}: npm needs a letter or a digit in the folder’s name.`);
  return name;
}

function gitFiles(folder: string): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).split('\0').filter(Boolean);
}

/** The mock comes along as a package file, so that the tests and the offline mode live on. */
async function bringMock(target: string): Promise<string> {
  packed ??= packMock();
  const { name, content } = await packed;
  // Not vendor/, which Go takes for its own.
  await mkdir(join(target, 'mock'));
  await writeFile(join(target, 'mock', name), content);
  return `file:./mock/${name}`;
}

async function packMock(): Promise<{ name: string; content: Buffer }> {
  const folder = await mkdtemp(join(tmpdir(), 'mock-'));
  try {
    // The shell of Windows, which finds npm there, takes arguments apart at spaces: the path goes with quotes.
    const isWindows = process.platform === 'win32';
    const mock = join(root, 'packages', 'workos-mock');
    execFileSync('npm', ['pack', '--silent', isWindows ? `"${mock}"` : mock], {
      cwd: folder,
      encoding: 'utf8',
      shell: isWindows,
    });
    const [name = ''] = await readdir(folder);
    return { name, content: await readFile(join(folder, name)) };
  } finally {
    await rm(folder, { recursive: true });
  }
}
