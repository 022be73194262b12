import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * `node scripts/failures.ts <tasks and options>` runs turbo, and shows the end of each failed task's output again when all is
 * over: forty tasks write at the same time, and the reason stands thousands of lines above the last one.
 */

const ROOT = join(import.meta.dirname, '..');
/** What vitest and Playwright say of a few failures fits in. */
const LINES = 80;

interface Summary {
  tasks: { taskId: string; logFile: string; execution?: { exitCode: number } }[];
}

const summaries = () =>
  globSync('.turbo/runs/*.json', { cwd: ROOT }).map((file) => join(ROOT, file));

for (const file of summaries()) rmSync(file);
const { status } = spawnSync('turbo', [...process.argv.slice(2), '--summarize'], {
  cwd: ROOT,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (status !== 0) {
  const tasks = summaries().flatMap(
    (file) => (JSON.parse(readFileSync(file, 'utf8')) as Summary).tasks,
  );
  for (const { taskId, logFile, execution } of tasks) {
    if (!execution || execution.exitCode === 0) continue;
    const lines = readFileSync(join(ROOT, logFile), 'utf8').trimEnd().split('\n');
    console.log(`\n──── ${taskId} failed; the end of what it said (all of it: ${logFile}) ────\n`);
    console.log(lines.slice(-LINES).join('\n'));
  }
}
process.exit(status ?? 1);
