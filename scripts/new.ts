import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';

/**
 * `pnpm new <app> <folder>` writes an app out as a project of its own: its files, the mock as a package file beside them, and
 * nothing that points back here. See `--help`.
 */

const HELP = `Writes an app out as a project of its own.

  pnpm new                          asks which app and where
  pnpm new <app> <folder>
    --minimal                       without the tests and the mock: for your own WorkOS environment from the start
    --no-git                        do not make a git repository

Apps: `;

interface Manifest {
  name: string;
  private?: boolean;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  engines?: Record<string, string>;
}

/** What a project needs to ignore that the monorepo's root ignores for all apps. */
const GITIGNORE = `node_modules/
dist/
.next/
.wrangler/
playwright-report/
test-results/
next-env.d.ts
*.tsbuildinfo

# Secrets and local settings. .env.development holds the mock's values only.
.env
.env.local
.env.*.local
.dev.vars.local
`;
/** Files that only tests and the mock need, by path in the app. */
const TESTING =
  /(^|\/)(e2e|test|traps)\/|\.(test|spec|test-d)\.[cm]?tsx?$|^(vitest|playwright)[\w.-]*\.config\.ts$|^\.env(\.development)?$|^\.dev\.vars$/;
const TEST_PACKAGES =
  /^(vitest|@vitest\/.*|@playwright\/.*|@axe-core\/.*|@testing-library\/.*|jsdom|happy-dom|fast-check|@cloudflare\/vitest-.*)$/;

const root = resolve(import.meta.dirname, '..');

/** A mistake of the person at the keyboard: one line, no stack. */
class UsageError extends Error {
  override name = 'UsageError';
}

if (import.meta.main) {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

async function main(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      minimal: { type: 'boolean', default: false },
      'no-git': { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  const apps = await listApps();
  if (values.help) return console.log(HELP + apps.join(', '));
  let [app, folder] = positionals;
  if (!app && !folder && process.stdin.isTTY) {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    app = (await terminal.question(`Which app? (${apps.join(', ')}) `)).trim();
    folder =
      (await terminal.question(`Into which folder? (../my-${app}) `)).trim() || `../my-${app}`;
    terminal.close();
  }
  if (!app || !folder) throw new UsageError(`pnpm new <app> <folder>. Apps: ${apps.join(', ')}`);
  if (!apps.includes(app)) {
    throw new UsageError(`There is no app "${app}". There are: ${apps.join(', ')}`);
  }
  const target = resolve(process.env.INIT_CWD ?? process.cwd(), folder);
  const { minimal, 'no-git': noGit } = values;
  await writeApp(app, target, { minimal, git: !noGit });
  console.log(
    `${app} is in ${relative(process.cwd(), target) || target}. Its README.md says how to run it.`,
  );
}

/**
 * Writes an app out.
 *
 * @param app Its folder's name under apps/.
 * @param target Where to; made when it is not there.
 * @throws UsageError when the folder has something in it: nothing is ever overwritten.
 */
export async function writeApp(
  app: string,
  target: string,
  { minimal, git }: { minimal: boolean; git: boolean },
): Promise<void> {
  const existing = await readdir(target).catch(() => []);
  if (existing.length > 0) throw new UsageError(`${target} is not empty. Choose another folder.`);
  const source = join(root, 'apps', app);
  const files = gitFiles(source).filter(
    // turbo.json belongs to the monorepo.
    (file) => file !== 'turbo.json' && !(minimal && TESTING.test(file)),
  );
  for (const file of files) {
    await mkdir(join(target, dirname(file)), { recursive: true });
    await cp(join(source, file), join(target, file));
  }
  const name = basename(target);
  const manifestFile = join(target, 'package.json');
  if (files.includes('package.json')) {
    const manifest = JSON.parse(await readFile(manifestFile, 'utf8')) as Manifest;
    const written = minimal
      ? withoutTests({ ...manifest, name })
      : withMock({ ...manifest, name }, app, await packMock(target));
    await writeFile(manifestFile, `${JSON.stringify(written, null, 2)}\n`);
  }
  const readme = join(target, 'README.md');
  await writeFile(readme, forReader(await readFile(readme, 'utf8'), app, name));
  if (!files.includes('.gitignore')) await writeFile(join(target, '.gitignore'), GITIGNORE);
  if (git) {
    execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: target });
  }
}

/** Every app that can be written out: what has a README under apps/. */
export async function listApps(): Promise<string[]> {
  const entries = await readdir(join(root, 'apps'), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

function gitFiles(folder: string): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard'];
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).split('\n').filter(Boolean);
}

/** The mock comes along as a package file, so that the tests and the offline mode live on. */
async function packMock(target: string): Promise<string> {
  const vendor = join(target, 'vendor');
  await mkdir(vendor);
  const mock = join(root, 'packages', 'workos-mock');
  const args = ['pack', '--silent', '--pack-destination', vendor];
  execFileSync('npm', args, { cwd: mock, encoding: 'utf8', shell: process.platform === 'win32' });
  const [file] = await readdir(vendor);
  return `file:./vendor/${file}`;
}

function withMock(manifest: Manifest, app: string, mock: string): Manifest {
  const { name } = manifest;
  return {
    ...manifest,
    scripts: mapScripts(manifest, (command) =>
      command
        .replace(/workos-mock run /, 'workos-mock run --mock ')
        .replace(`--name ${app} `, `--name ${name} `),
    ),
    devDependencies: sorted({ ...manifest.devDependencies, 'workos-mock': mock }),
    engines: manifest.engines ?? { node: '>=22.18' },
  };
}

function withoutTests(manifest: Manifest): Manifest {
  const {
    test: _test,
    e2e: _e2e,
    ...scripts
  } = mapScripts(manifest, (command) => {
    const [, port = '', rest = command] =
      /^workos-mock run .*--port (\d+).* -- (.*)$/.exec(command) ?? [];
    return rest.includes('{port}')
      ? rest.replaceAll('{port}', port)
      : rest.replace(/^next dev$/, `next dev --port ${port}`);
  });
  const kept = Object.entries(manifest.devDependencies ?? {}).filter(
    ([key]) => !TEST_PACKAGES.test(key),
  );
  return {
    ...manifest,
    scripts,
    devDependencies: Object.fromEntries(kept),
    engines: manifest.engines ?? { node: '>=22.18' },
  };
}

function mapScripts(manifest: Manifest, map: (command: string) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(manifest.scripts ?? {}).map(([key, command]) => [key, map(command)]),
  );
}

/** The README without what concerns the monorepo, with npm's commands. */
export function forReader(text: string, app: string, name: string): string {
  return text
    .replaceAll(/<!-- monorepo -->[\s\S]*?<!-- \/monorepo -->\n*/g, '')
    .replaceAll(/<!-- alone\n?([\s\S]*?)\n?-->/g, '$1')
    .replace(new RegExp(`^# ${app}$`, 'm'), `# ${name}`);
}

function sorted(record: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => a.localeCompare(b)));
}
