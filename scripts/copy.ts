import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { INSTALL, RUN, runAlone } from './alone.ts';
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
  const commands = steps.filter((step) => scripts[step]).map((step) => [...RUN[manager], step]);
  failed = !(await succeedInOrder([INSTALL[manager], ...commands], target)) || failed;
}
if (failed) {
  console.error(`Look at it in ${folder}.`);
  process.exitCode = 1;
} else {
  await rm(folder, { recursive: true, force: true });
}

/** Whether each command succeeds; stops at the first that does not, with all that it said. */
async function succeedInOrder(commands: string[][], cwd: string): Promise<boolean> {
  for (const command of commands) {
    const { ok, output } = await runAlone(command, { cwd, label: basename(cwd) });
    if (ok) continue;
    console.error(output);
    return false;
  }
  return true;
}
