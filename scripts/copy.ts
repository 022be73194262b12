import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { succeeds } from './alone.ts';
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
