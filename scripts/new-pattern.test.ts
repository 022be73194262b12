import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { listApps, UsageError } from './new.ts';
import { writePattern } from './new-pattern.ts';
import { BY_HAND, HERE, TEMPLATES } from './pattern-templates.ts';
import { typeInto } from './person-at-terminal.ts';

// The command as people run it, in a copy of the repository that has its own files and this one's packages.
const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');
const DOCUMENT = 'https://workos.com/docs/of-a-test?a=1#b';
let copy: string;

/** One new pattern in every app that has a template. */
const ALL = [
  {
    app: 'nextjs-proxy',
    id: 'nextjs/of-a-test',
    file: 'src/app/(signed-in)/of-a-test/of-a-test.ts',
  },
  { app: 'nextjs-composable', id: 'nextjs/of-another-test', file: 'src/of-another-test.ts' },
  { app: 'react-spa', id: 'react/of-a-test', file: 'src/patterns/of-a-test.tsx' },
  { app: 'worker', id: 'node/of-a-test', file: 'src/of-a-test.ts' },
  { app: 'pkce-cli', id: 'node/of-another-test', file: 'src/of-another-test.ts' },
  { app: 'python-client', id: 'python/of-a-test', file: 'of_a_test.py' },
  { app: 'go-client', id: 'go/of-a-test', file: 'ofatest.go' },
];

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'new-pattern-'));
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const files = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\0');
  for (const file of files.filter((name) => name && existsSync(join(root, name)))) {
    await mkdir(join(copy, dirname(file)), { recursive: true });
    await cp(join(root, file), join(copy, file));
  }
  execFileSync('git', ['init', '--quiet'], { cwd: copy });
  // A folder of links, not a link to the folder: tools keep what they make in there.
  for (const folder of ['.', ...(await listApps()).map((app) => join('apps', app))]) {
    const packages = join(root, folder, 'node_modules');
    await mkdir(join(copy, folder, 'node_modules'));
    for (const name of await readdir(packages).catch(() => [])) {
      if (name.startsWith('.') && name !== '.bin') continue;
      await symlink(join(packages, name), join(copy, folder, 'node_modules', name));
    }
  }
  // Python's packages take long to install, so they are the app's own.
  const venv = join('apps', 'python-client', '.venv');
  await mkdir(join(root, venv), { recursive: true });
  await symlink(join(root, venv), join(copy, venv));
}, 60_000);
afterAll(() => rm(copy, { recursive: true, force: true }));

const command = () => join(copy, 'scripts', 'new-pattern.ts');
const newPattern = (...args: string[]) => run(process.execPath, [command(), ...args]);
const read = (...path: string[]) => readFile(join(copy, ...path), 'utf8');

/** Runs a command line in a folder of the copy, with the programs that are installed there; what it said when it fails. */
function shell(line: string, folder = '.'): Promise<{ stdout: string }> {
  const cwd = join(copy, folder);
  const bins = [cwd, copy].map((path) => join(path, 'node_modules', '.bin'));
  const PATH = [...bins, process.env.PATH].join(delimiter);
  return run('sh', ['-c', line], { cwd, env: { ...process.env, PATH, CI: '' } }).catch(
    ({ stdout, stderr }: { stdout: string; stderr: string }) => {
      throw new Error(`${line}\n${stdout}${stderr}`);
    },
  );
}

/** All files of the copy as one hash. */
async function snapshot(): Promise<string> {
  await shell('git add --all');
  return (await shell('git write-tree')).stdout;
}

test('every app has a template or a reason', async () => {
  const known = [...Object.keys(TEMPLATES), ...Object.keys(BY_HAND)];
  expect(known.toSorted()).toEqual((await listApps()).toSorted());
  expect(ALL.map(({ app }) => app).toSorted()).toEqual(Object.keys(TEMPLATES).toSorted());
});

test.for([
  {
    why: 'no arguments and no terminal',
    args: [],
    says: 'pnpm new:pattern <app> <id> <document>.',
  },
  { why: 'too little', args: ['worker', 'node/x'], says: 'pnpm new:pattern <app> <id>' },
  { why: 'too much', args: ['worker', 'node/x', DOCUMENT, 'y'], says: 'pnpm new:pattern <app>' },
  { why: 'an unknown option', args: ['worker', '--force'], says: "Unknown option '--force'" },
  {
    why: 'an id that exists',
    args: ['worker', 'node/vault', DOCUMENT],
    says: 'node/vault already',
  },
])('the command refuses $why in one line', async ({ args, says }) => {
  const error = await newPattern(...args).catch((failure: object) => failure);

  expect(error).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(says) });
  expect((error as { stderr: string }).stderr.trim().split('\n')).toHaveLength(1);
});

test.for([
  ['next', 'nextjs/x', 'There is no app "next". There are: nextjs-proxy'],
  ['nextjs-middleware', 'nextjs/x', 'Not in nextjs-middleware: it shows what differs'],
  ['node-migrations', 'migrate/x', 'copy a folder of its src'],
  ['worker', 'react/x', '"react/x" is no id of worker: node/'],
  ['worker', 'node/../x', 'is no id of worker'],
  ['worker', 'node/validateApiKey', 'is no id of worker'],
  ['worker', 'trap/x', '"trap/x" is a test’s'],
  ['pkce-cli', 'node/vault', 'There is a pattern node/vault already'],
  ['worker', 'node/page', 'apps/worker/src/page.ts is there already.'],
  ['nextjs-proxy', 'nextjs/sign-in', 'src/app/sign-in is there already.'],
  ['nextjs-composable', 'nextjs/account', '[locale]/account is there already.'],
  ['react-spa', 'react/login', 'src/router.tsx has path="login" already.'],
  ['worker', 'node/colleagues', "src/api.ts has '/colleagues' already."],
] as const)('%s %s is refused, and nothing written', async ([app, id, says]) => {
  const before = await snapshot();
  const written = writePattern({ app, id, document: DOCUMENT }, copy);

  await expect(written).rejects.toThrow(UsageError);
  await expect(written).rejects.toThrow(says);
  expect(await snapshot()).toBe(before);
});

test.for([
  'workos.com/docs',
  'http://a.test',
  "https://a.test/'b",
  'https://a.test/ b',
  'https://',
])('a document at %s is refused', async (document) => {
  const written = writePattern({ app: 'worker', id: 'node/x', document }, copy);
  await expect(written).rejects.toThrow('is no address of a document');
});

test('a write that fails is undone', async () => {
  const routes = join(copy, 'apps', 'react-spa', 'src', 'routes');
  await rename(routes, `${routes}-aside`);
  await writeFile(routes, 'no folder');
  onTestFinished(async () => {
    await rm(routes);
    await rename(`${routes}-aside`, routes);
  });
  const before = await snapshot();
  const written = writePattern(
    { app: 'react-spa', id: 'react/of-a-test', document: DOCUMENT },
    copy,
  );

  await expect(written).rejects.toThrow('EEXIST');
  expect(await snapshot()).toBe(before);
});

test('Ctrl-C writes nothing', async () => {
  const before = await snapshot();
  const { code, screen } = await typeInto(command(), [
    ['Which app', 'worker\r'],
    ['Its id', '\u0003'],
  ]);
  expect(code).toBe(1);
  expect(screen).toContain('Nothing is written.');
  expect(await snapshot()).toBe(before);
});

// `BRIEF=1` leaves it to CI: what it tries is in scripts/, and seldom changes.
describe.skipIf(process.env.BRIEF)('a new pattern in every app', () => {
  test('is asked for in a terminal, and each answer again until it will do', async () => {
    const [{ app, id, file }] = ALL as [(typeof ALL)[0]];
    const { code, screen } = await typeInto(command(), [
      ['Which app', 'nextjs\r'],
      ['Which app', `${app}\r`],
      ['Its id? (nextjs/…)', 'nextjs/with-auth\r'],
      ['Its id? (nextjs/…)', `${id}\r`],
      ['document?', 'none\r'],
      ['document?', `${DOCUMENT}\r`],
    ]);
    expect(screen).toContain('There is a pattern nextjs/with-auth already');
    expect(code).toBe(0);
    const line = (await read('apps', app, file))
      .split('\n')
      .findIndex((text) => text.includes(HERE));
    expect(screen).toContain(`Write the pattern at apps/${app}/${file}:${line + 1}`);
  });

  test.for(ALL.slice(1))('is written in $app', async ({ app, id, file }) => {
    const { created } = await writePattern({ app, id, document: DOCUMENT }, copy);

    expect(created[0]).toBe(`apps/${app}/${file}`);
    const again = writePattern({ app, id, document: DOCUMENT }, copy);
    await expect(again).rejects.toThrow(`There is a pattern ${id} already`);
  });

  test('passes `pnpm fix`, then lint, format and consistency', async () => {
    const { scripts } = JSON.parse(await read('package.json')) as {
      scripts: Record<'fix' | 'lint' | 'format' | 'consistency', string>;
    };
    await shell(scripts.fix);
    const fixed = await snapshot();
    await shell(`${scripts.lint} && ${scripts.format} && ${scripts.consistency}`);
    expect(await snapshot()).toBe(fixed);

    const index = await read('PATTERNS.md');
    for (const { app, id, file } of ALL) {
      expect(index).toContain(`<a id="${id}"></a>[${id}](${DOCUMENT})`);
      expect(index).toContain(`](apps/${app}/${file})`);
      expect(await read('apps', app, 'README.md')).toMatch(
        new RegExp(`^\\| \`?${id}\`? +\\|`, 'm'),
      );
    }
  });

  const CHECKS: Record<string, string> = {
    'nextjs-proxy': 'next typegen && tsc && vitest run of-a-test',
    'nextjs-composable': 'next typegen && tsc && vitest run of-another-test',
    'react-spa': 'tsc && vitest run of-a-test',
    worker: 'tsc && vitest run --project workerd of-a-test',
    'pkce-cli': 'tsc && vitest run of-another-test',
    // Without mypy, which takes ten seconds for its first look.
    'python-client': 'node test/python.ts -m pytest test_of_a_test.py',
    'go-client': 'node test/go.ts vet . && node test/go.ts test -run OfATest .',
  };
  // One app each time; EVERY_APP=1 proves all, as the job for copies does in CI: it takes a minute.
  const proven = process.env.EVERY_APP ? ALL : ALL.filter(({ app }) => app === 'react-spa');
  test.for(proven)('type-checks and passes its test in $app', async ({ app }, { skip }) => {
    const { stdout } = await shell(CHECKS[app] ?? '', join('apps', app));
    const missing = /^skipped: (.*)/m.exec(stdout)?.[1];
    if (missing && !process.env.CI) skip(missing);
    expect(stdout).toMatch(/1 passed|^ok\b/m);
  });
});
