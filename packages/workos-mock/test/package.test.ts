import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

// The package as it would be published: packed by npm, unpacked in a folder that has nothing of this repository.
const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder = '';
let tarball = '';
let installed = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'workos-mock-'));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: root,
  });
  const [packed] = JSON.parse(stdout) as { filename: string }[];
  tarball = join(folder, packed!.filename);
  installed = join(folder, 'node_modules/workos-mock');
  await mkdir(dirname(installed));
  await run('tar', ['-xzf', tarball, '-C', folder]);
  await rename(join(folder, 'package'), installed);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('publint finds nothing to mend', async () => {
  const { messages, pkg } = await publint({ pkgDir: installed, pack: false, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg!))).toEqual([]);
});

test('types resolve wherever ES modules do', async () => {
  const manifest = createRequire(import.meta.url).resolve('@arethetypeswrong/cli/package.json');
  const command = join(dirname(manifest), 'dist/index.js');
  const { stdout } = await run(process.execPath, [command, tarball, '--profile', 'esm-only']);
  expect(stdout).not.toContain('❌');
});

test('it runs by itself: a fresh mock over HTTP, and the command', async () => {
  const script = join(folder, 'sign-in.js');
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(
    script,
    `import { createWorkosMock } from 'workos-mock';
     import { listen } from 'workos-mock/node';
     import { workerHandler } from 'workos-mock/worker';
     const mock = createWorkosMock({ seed: { users: [{ email: 'a@b.test' }] } });
     const { url, close } = await listen(mock.fetch);
     const { status } = await fetch(url + '/health');
     const health = await workerHandler().fetch(new Request('https://api.workos.com/health'));
     const { user } = await mock.signIn({ email: 'a@b.test' });
     console.log(status, health.status, user.email);
     await close();`,
  );
  expect((await run(process.execPath, [script], { cwd: folder })).stdout).toBe(
    '200 200 a@b.test\n',
  );
  const command = join(installed, 'bin/workos-mock.js');
  expect((await run(process.execPath, [command, '--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('a seed is checked by its type, with no other package installed', async () => {
  await writeFile(
    join(folder, 'seed.ts'),
    `import { createWorkosMock } from 'workos-mock';
     createWorkosMock({ seed: { users: [{ email: 'a@b.test' }] } });
     createWorkosMock({ seed: { users: [{ emial: 'a@b.test' }] } });`,
  );
  const tsc = createRequire(import.meta.url).resolve('typescript/package.json');
  const options = ['--module', 'nodenext', '--strict', '--noEmit', '--skipLibCheck', '--types', ''];
  const { stdout } = await run(
    process.execPath,
    [join(dirname(tsc), 'bin/tsc'), ...options, 'seed.ts'],
    { cwd: folder },
  ).catch((error: { stdout: string }) => error);
  expect(stdout).toMatch(/^seed\.ts\(3,.*'emial' does not exist/);
  expect(stdout.trim().split('\n')).toHaveLength(1);
});

test.for(['index', 'worker', 'msw'])('%s needs nothing of Node.js', async (name) => {
  const seen = new Set<string>();
  const imports: string[] = [];
  const visit = async (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = await readFile(file, 'utf8');
    for (const [, specifier = ''] of text.matchAll(
      /^(?:import|export)\b[^;]*?["']([^"']+)["'];/gm,
    )) {
      if (specifier.startsWith('.')) await visit(join(dirname(file), specifier));
      else imports.push(specifier);
    }
  };
  await visit(join(installed, 'dist', `${name}.js`));
  expect(imports.filter((specifier) => specifier !== 'msw')).toEqual([]);
});
