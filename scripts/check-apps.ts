import { execFileSync } from 'node:child_process';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Holds the apps to what a copied folder needs: nothing that points outside it; and every document to links that lead
 * somewhere. Run with --fix to mend what a machine can.
 */

interface Problem {
  file: string;
  message: string;
  fix?: () => Promise<void>;
}

const HEADINGS = ['Run', 'Patterns', 'Use your own WorkOS environment', 'When not to use this'];
const TEST_FILE =
  /\.(test|spec|test-d)\.[cm]?tsx?$|\/(e2e|test|bench)\/|\/src\/(test|traps)\/|\.config\.[cm]?ts$/;
const SOURCE = /\.[cm]?tsx?$/;
const CONFIG =
  /(^|\/)(tsconfig[\w.]*\.json|package\.json|[\w.-]+\.config\.[cm]?[jt]s|wrangler\.jsonc)$/;
/** Files that several apps have to the byte, because an app reaches for nothing outside its folder; the first is the master. */
const EQUAL = [
  ['apps/nextjs-proxy/e2e/journeys.spec.ts', 'apps/nextjs-middleware/e2e/journeys.spec.ts'],
  ...[
    'src/authkit-up.ts',
    'src/env.test.ts',
    'src/expired-action.ts',
    'src/few-verifiers.ts',
    'src/one-refresh.ts',
    'src/return-path.ts',
    'src/time-limit.ts',
    'test/finish-sign-in.ts',
    'test/in-request.ts',
    'test/no-answer.ts',
  ].map((file) => [`apps/nextjs-proxy/${file}`, `apps/nextjs-composable/${file}`]),
  ...[
    'app/callback/session-size.ts',
    'app/callback/wanted-page.ts',
    'damaged-session.ts',
    'hide-error-fields.ts',
    'hide-error-fields.test.ts',
    'instrumentation.ts',
    'return-path.test.ts',
    'stop-on-problems.ts',
    'tampered-session.test.ts',
  ].map((file) => [
    `apps/nextjs-proxy/src/${file}`,
    `apps/nextjs-composable/src/${file}`,
    `apps/nextjs-middleware/src/${file}`,
  ]),
  ...['app/sign-out/sign-out.ts', 'cookie-flags.test.ts', 'tokens.test.ts'].map((file) => [
    `apps/nextjs-proxy/src/${file}`,
    `apps/nextjs-middleware/src/${file}`,
  ]),
];
/** In Markdown, and in the tags between. */
const LINK =
  /\]\((?!https?:|#|mailto:)((?:[^()#\s]|\([^()]*\))+)[^)]*\)|\b(?:src|srcset|href)="(?!https?:|#)([^"#]+)"/g;
/** Apps without a browser or a command; their tests run the real client against the mock. */
const NO_JOURNEYS = new Set(['go-client', 'node-migrations', 'python-client']);
const STRICT = ['strict', 'noUncheckedIndexedAccess'];

const problems: Problem[] = [];
for (const app of await folders('apps')) {
  const root = join('apps', app);
  const files = await walk(root);
  if (!files.includes(join(root, 'package.json'))) continue;
  await checkPackage(root);
  await checkReadme(root, files);
  if (!NO_JOURNEYS.has(app) && !files.some((name) => name.endsWith('.spec.ts'))) {
    problems.push({ file: join(root, 'e2e'), message: 'no journeys: a *.spec.ts' });
  }
  for (const file of files.filter((name) => CONFIG.test(name))) await checkConfig(file);
  for (const file of files.filter((name) => SOURCE.test(name) && !TEST_FILE.test(name))) {
    await checkSource(file);
  }
}

for (const file of documents()) await checkLinks(file);
for (const copies of EQUAL) await checkEqual(copies);

if (process.argv.includes('--fix')) {
  for (const problem of problems.filter(({ fix }) => fix)) {
    await problem.fix?.();
    console.log(`fixed   ${problem.file}: ${problem.message}`);
  }
}
const open = process.argv.includes('--fix') ? problems.filter(({ fix }) => !fix) : problems;
for (const { file, message, fix } of open) {
  console.error(`${file}: ${message}${fix ? ' (pnpm fix mends it)' : ''}`);
}
if (open.length > 0) process.exitCode = 1;
else console.log('Every app stands on its own, and every link leads somewhere.');

async function checkEqual([master = '', ...copies]: string[]): Promise<void> {
  const text = await readFile(master, 'utf8').catch(() => null);
  for (const copy of copies) {
    if (text === null || (await readFile(copy, 'utf8').catch(() => null)) === text) continue;
    const fix = () => writeFile(copy, text);
    problems.push({ file: copy, message: `differs from ${master}`, fix });
  }
}

async function checkPackage(root: string): Promise<void> {
  const file = join(root, 'package.json');
  const text = await readFile(file, 'utf8');
  const manifest = JSON.parse(text) as {
    name?: string;
    description?: string;
    scripts?: Record<string, string>;
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  };
  if (manifest.name !== basename(root)) {
    problems.push({
      file,
      message: `the package is named "${manifest.name}", its folder ${basename(root)}`,
      fix: () => writeFile(file, text.replace(/"name": "[^"]*"/, `"name": "${basename(root)}"`)),
    });
  }
  if (!manifest.description) {
    problems.push({ file, message: 'no description: `pnpm dev` shows it as what to try' });
  }
  for (const script of ['typecheck', 'test']) {
    if (!manifest.scripts?.[script]) problems.push({ file, message: `no script "${script}"` });
  }
  const all = { ...manifest.dependencies, ...manifest.devDependencies };
  if (all['workos-mock']) {
    problems.push({ file, message: 'workos-mock belongs in the root package.json alone' });
  }
}

async function checkReadme(root: string, files: string[]): Promise<void> {
  const file = join(root, 'README.md');
  if (!files.includes(file)) {
    problems.push({ file, message: 'missing' });
    return;
  }
  const text = await readFile(file, 'utf8');
  for (const heading of HEADINGS) {
    if (!new RegExp(`^## ${heading}`, 'm').test(text)) {
      problems.push({ file, message: `no heading "## ${heading}"` });
    }
  }
}

function documents(): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'];
  return execFileSync('git', args, { encoding: 'utf8' }).trim().split('\n');
}

/** Whatever a document links to or shows of this repository is there. */
async function checkLinks(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '');
  for (const [, inText, inTag] of text.matchAll(LINK)) {
    const link = inText ?? inTag ?? '';
    if (!(await exists(join(dirname(file), link)))) {
      problems.push({ file, message: `links to ${link}, which is not there` });
    }
  }
}

async function checkConfig(file: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  if (text.includes('../..')) problems.push({ file, message: 'a path leaves the app’s folder' });
  if (/"(catalog|workspace):/.test(text)) {
    problems.push({
      file,
      message: 'catalog: and workspace: do not install outside the workspace',
    });
  }
  if (basename(file) !== 'tsconfig.json' || /"extends"|"references"/.test(text)) return;
  for (const flag of STRICT) {
    if (!new RegExp(`"${flag}": true`).test(text)) {
      problems.push({
        file,
        message: `"${flag}" is not on`,
        fix: () =>
          writeFile(
            file,
            text.replace(/("compilerOptions": \{\n)(\s*)/, `$1$2"${flag}": true,\n$2`),
          ),
      });
    }
  }
}

async function checkSource(file: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  if (/from ['"]workos-mock|import\(['"]workos-mock/.test(text)) {
    problems.push({ file, message: 'app source imports workos-mock; only tests may' });
  }
  if (/from ['"](\.\.\/)+(packages|apps)\//.test(text)) {
    problems.push({ file, message: 'app source imports from outside its folder' });
  }
}

async function walk(folder: string): Promise<string[]> {
  const skipped = new Set(['node_modules', 'dist', '.next', '.turbo', '.wrangler', 'test-results']);
  const files: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (skipped.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await walk(path)));
    else files.push(path);
  }
  return files;
}

async function folders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
