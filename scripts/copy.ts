import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeApp } from './new.ts';
import { MANAGERS } from './new-readme.ts';
import { findTraces } from './traces.ts';

/**
 * Proves that an app lives on its own: writes it out into a temporary folder, installs it, and runs its type check, build,
 * tests and journeys there, with nothing of the monorepo in reach. Then once more without tests and mock.
 *
 *   node scripts/copy.ts <app> [--pm npm|pnpm|yarn|bun] [--no-e2e]
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    pm: { type: 'string', default: 'npm' },
    e2e: { type: 'boolean', default: true },
  },
});
const [app = ''] = positionals;
const manager = MANAGERS.find((name) => name === values.pm);
if (!manager || !existsSync(join('apps', app, 'package.json'))) {
  console.error(`node scripts/copy.ts <app> [--pm ${MANAGERS.join('|')}] [--no-e2e]`);
  process.exit(2);
}

const INSTALL = {
  npm: ['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline'],
  pnpm: ['npx', '-y', 'pnpm@12', 'install'],
  yarn: ['npx', '-y', 'yarn@1', 'install', '--non-interactive'],
  bun: ['npx', '-y', 'bun@1', 'install'],
}[manager];
const RUN = {
  npm: ['npm', 'run', '--silent'],
  pnpm: ['npx', '-y', 'pnpm@12', 'run'],
  yarn: ['npx', '-y', 'yarn@1', '--silent', 'run'],
  bun: ['npx', '-y', 'bun@1', 'run'],
}[manager];

const folder = await mkdtemp(join(tmpdir(), 'copy-'));
const env = aloneEnvironment();
let failed = false;
for (const minimal of app === 'node-migrations' ? [false] : [false, true]) {
  const target = join(folder, minimal ? 'minimal' : app);
  await writeApp(app, target, { minimal, git: true, manager });
  const traces = await findTraces(target, { minimal });
  if (traces.length > 0) {
    failed = true;
    console.error(traces.join('\n'));
  }
  const manifest = join(target, 'package.json');
  if (!existsSync(manifest)) continue;
  const { scripts } = JSON.parse(await readFile(manifest, 'utf8')) as {
    scripts: Record<string, string>;
  };
  const steps = ['typecheck', 'build', 'test', ...(values.e2e ? ['e2e'] : [])];
  failed =
    !(await succeeds(INSTALL, target)) ||
    !(await inOrder(
      steps.filter((step) => scripts[step]),
      target,
    )) ||
    failed;
}
if (failed) {
  console.error(`Look at it in ${folder}.`);
  process.exitCode = 1;
} else {
  await rm(folder, { recursive: true, force: true });
}

async function inOrder(steps: string[], target: string): Promise<boolean> {
  for (const step of steps) {
    if (!(await succeeds([...RUN, step], target))) return false;
  }
  return true;
}

/** Runs a command; one line when it succeeds, all that it said when it does not. */
async function succeeds([command = '', ...args]: string[], cwd: string): Promise<boolean> {
  const started = Date.now();
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const status = await new Promise<number | null>((done) => {
    child.on('error', (error) => {
      output += error.message;
      done(null);
    });
    child.on('close', done);
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const line = `${cwd.slice(folder.length + 1)}: ${[command, ...args].join(' ')}`;
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${line} (${seconds} s)`);
  if (status !== 0) console.error(output);
  return status === 0;
}

/** The environment without what this repository's tools put there, or a copy would find its packages here. */
function aloneEnvironment(): NodeJS.ProcessEnv {
  const root = resolve(import.meta.dirname, '..');
  const entries = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_(?!config_(registry|userconfig|cache)$)|pnpm_|turbo_|node_path$|init_cwd$|workos_|next_public_|vite_)/i.test(
        name,
      ),
  );
  const path = (process.env.PATH ?? '').split(delimiter).filter((part) => !part.startsWith(root));
  return {
    ...Object.fromEntries(entries),
    PATH: [dirname(process.execPath), ...path].join(delimiter),
    NEXT_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
  };
}
