import { exec, execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listApps, writeApp } from './new.ts';
import { inWordsOf } from './new-readme.ts';
import { typeInto } from './person-at-terminal.ts';
import { findTraces } from './traces.ts';

const run = promisify(execFile);
const runInShell = promisify(exec);
const command = resolve(import.meta.dirname, 'new.ts');
const apps = await listApps();
const options = { minimal: false, git: false, manager: 'npm' } as const;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'new-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const pnpmNew = async (...args: string[]) => {
  const env = { ...process.env, INIT_CWD: folder };
  const { stdout } = await run(process.execPath, [command, ...args], { env });
  return stdout;
};
const read = (...path: string[]) => readFile(join(folder, ...path), 'utf8');
const manifestOf = async (copy: string) =>
  JSON.parse(await read(copy, 'package.json')) as Record<string, Record<string, string>>;

describe.each([
  { kind: 'full', minimal: false },
  { kind: 'minimal', minimal: true },
])('$kind copies', ({ kind, minimal }) => {
  test.for(apps.filter((app) => !minimal || app !== 'node-migrations'))(
    '%s: complete, and no word of the monorepo',
    async (app) => {
      const target = join(folder, kind, app);
      await writeApp(app, target, { ...options, minimal });

      expect(await findTraces(target, { minimal })).toEqual([]);
      expect(existsSync(join(target, 'mock'))).toBe(!minimal);
    },
  );
});

test.for(apps.filter((app) => app !== 'node-migrations'))(
  '%s: git ignores the file that takes your own secrets',
  async (app) => {
    const target = join(folder, 'secrets', app);
    await writeApp(app, target, { ...options, git: true, minimal: true });
    const example = app === 'worker' ? '.dev.vars.example' : '.env.example';
    const text = await readFile(join(target, example), 'utf8');
    const files = [...text.matchAll(/\bto (?:#\s+)?(\.(?:env|dev)[.\w]*\w)/g)].map(
      ([, name]) => name!,
    );

    expect(files).not.toEqual([]);
    const { stdout } = await run('git', ['check-ignore', ...files], { cwd: target });
    expect(stdout.trim().split('\n')).toEqual(files);
  },
);

test('the copy is named after its folder, in letters that npm takes', async () => {
  await pnpmNew('react-spa', 'My App', '--no-git');

  expect((await manifestOf('My App')).name).toBe('my-app');
  expect(await read('My App', 'README.md')).toMatch(/^# my-app$/m);
});

test('the mock starts with the app, from its package file', async () => {
  await pnpmNew('worker', 'with-mock');

  const { scripts, devDependencies } = await manifestOf('with-mock');
  expect(scripts?.dev).toMatch(/^workos-mock run --mock --name with-mock /);
  expect(
    existsSync(join(folder, 'with-mock', devDependencies?.['workos-mock']?.slice(5) ?? '')),
  ).toBe(true);
  expect(existsSync(join(folder, 'with-mock', '.git'))).toBe(true);
});

test.for([
  { copy: 'on-an-old-node', app: 'react-spa', flags: [], needs: '22.18', old: '22.9.0' },
  {
    copy: 'cli-on-an-old-node',
    app: 'pkce-cli',
    flags: ['--minimal'],
    needs: '22.12',
    old: '20.19.0',
  },
])(
  'an install of $copy ends with the Node.js that it needs',
  async ({ copy, app, flags, needs, old }) => {
    await pnpmNew(app, copy, '--no-git', ...flags);
    const prepare = (await manifestOf(copy)).scripts?.prepare ?? '';
    const told = `Object.defineProperty(process, 'versions', { value: { node: '${old}' } })`;
    const options = `--import=data:text/javascript,${encodeURIComponent(told)}`;

    await expect(runInShell(prepare)).resolves.toMatchObject({ stderr: '' });
    const env = { ...process.env, NODE_OPTIONS: options };
    await expect(runInShell(prepare, { env })).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        new RegExp(`^This needs Node\\.js ${needs} or newer; here is .*nodejs\\.org.*\\n$`),
      ),
    });
  },
);

test('--minimal starts the framework by itself, on the port that the README names', async () => {
  const starts = [
    ['nextjs-proxy', 'next dev --port 3000'],
    ['react-spa', 'vite --port 5173 --strictPort'],
    ['worker', 'wrangler dev --port 8787'],
  ] as const;
  for (const [app, dev] of starts) {
    await pnpmNew(app, `minimal-${app}`, '--minimal');
    expect((await manifestOf(`minimal-${app}`)).scripts?.dev).toBe(dev);
  }
});

test.for([
  ['npm', 'npm install\nnpm run dev\nnpm run x -- ../a --b\nnpm test\nnpm start\nnpx y'],
  ['pnpm', 'pnpm install\npnpm dev\npnpm x ../a --b\npnpm test\npnpm start\npnpm exec y'],
  ['yarn', 'yarn install\nyarn dev\nyarn x ../a --b\nyarn test\nyarn start\nyarn y'],
  ['bun', 'bun install\nbun run dev\nbun run x ../a --b\nbun run test\nbun run start\nbunx y'],
] as const)('the README in the words of %s', ([manager, text]) => {
  const npm = 'npm install\nnpm run dev\nnpm run x -- ../a --b\nnpm test\nnpm start\nnpx y';

  expect(inWordsOf(manager, npm)).toBe(text);
});

test('--pm pnpm: what pnpm needs to run install scripts comes along', async () => {
  await pnpmNew('worker', 'for-pnpm', '--minimal', '--pm', 'pnpm');

  expect(await read('for-pnpm', 'README.md')).toContain('\npnpm install\npnpm dev\n');
  expect(await read('for-pnpm', 'pnpm-workspace.yaml')).toContain('workerd: true');
});

test('every app is copied by `pnpm test:copies`', async () => {
  const root = resolve(import.meta.dirname, '..');
  const manifest = await readFile(join(root, 'package.json'), 'utf8');
  const turbo = await readFile(join(root, 'turbo.json'), 'utf8');

  for (const app of apps) {
    expect(manifest).toContain(`"copy:${app}": "node scripts/copy.ts ${app}"`);
    expect(turbo.split(`"//#copy:${app}"`), `turbo.json, //#copy:${app}`).toHaveLength(3);
  }
});

test.for([
  {
    why: 'no such app',
    args: ['nextjs', 'a'],
    message: 'There is no app "nextjs". There are: go-client',
  },
  { why: 'no folder', args: ['react-spa'], message: 'pnpm new <app> <folder>. Apps: go-client' },
  { why: 'no arguments and no terminal', args: [], message: 'pnpm new <app> <folder>.' },
  { why: 'a folder with a file in it', args: ['react-spa', 'full'], message: 'full is not empty.' },
  {
    why: 'a file',
    args: ['react-spa', 'file'],
    message: 'no folder that can be written to (ENOTDIR)',
  },
  {
    why: 'a name without letters',
    args: ['react-spa', '___'],
    message: 'npm needs a letter or a digit',
  },
  {
    why: 'no such package manager',
    args: ['react-spa', 'a', '--pm', 'deno'],
    message: '--pm deno? One of npm, pnpm',
  },
  { why: 'no such option', args: ['react-spa', 'a', '--mini'], message: "Unknown option '--mini'" },
  {
    why: 'nothing but tests',
    args: ['node-migrations', 'a', '--minimal'],
    message: 'cannot be --minimal: it runs',
  },
])('refuses $why, in one line', async ({ args, message }) => {
  await mkdir(join(folder, 'full'), { recursive: true });
  await writeFile(join(folder, 'full', 'mine.txt'), 'mine');
  await writeFile(join(folder, 'file'), '');
  const error = await pnpmNew(...args).catch(
    (failure: { code: number; stderr: string }) => failure,
  );

  expect(error).toMatchObject({ code: 1, stderr: expect.stringContaining(message) });
  expect((error as { stderr: string }).stderr.trim().split('\n')).toHaveLength(1);
  expect(await read('full', 'mine.txt')).toBe('mine');
  for (const name of ['a', '___']) expect(existsSync(join(folder, name))).toBe(false);
});

const type = (answers: [question: string, answer: string][]) =>
  typeInto(command, answers, { ...process.env, INIT_CWD: folder });

test('asks in a terminal, and again when it does not understand', async () => {
  const { code } = await type([
    ['Which app', 'nothing\r'],
    ['Which app', 'react-spa\r'],
    ['(../my-react-spa)', './asked\r'],
    ['With its tests', 'n\r'],
  ]);

  expect(code).toBe(0);
  expect((await manifestOf('asked')).scripts?.dev).toBe('vite --port 5173 --strictPort');
});

test('takes a number, and what it proposes', async () => {
  const inner = join(folder, 'inner');
  await mkdir(inner);
  const before = folder;
  folder = inner;
  const { code } = await type([
    ['Which app', `${apps.indexOf('go-client') + 1}\r`],
    ['(../my-go-client)', '\r'],
    ['With its tests', '\r'],
  ]).finally(() => (folder = before));

  expect(code).toBe(0);
  expect(await readdir(join(folder, 'my-go-client'))).toContain('mock');
});

test.for([
  ['Ctrl-C', '\u0003'],
  ['Ctrl-D', '\u0004'],
] as const)('%s writes nothing', async ([, key]) => {
  const before = await readdir(folder);
  const { code, screen } = await type([['Which app', key]]);

  expect(code).toBe(1);
  expect(screen).toContain('Nothing is written.');
  expect(await readdir(folder)).toEqual(before);
});
