import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * `node scripts/test.ts` checks and tests everything, and sums up when all is over: forty tasks write at the same time, and what
 * matters stands thousands of lines above the last one. It shows the end of each failed task's output again, the journeys that
 * needed a second try, and where the time went.
 *
 * With --brief, CI is left what takes long and seldom breaks: in a browser faults and load (unit tests meet most of them, too),
 * attacks on the second and third Next.js app, and react-spa's second session mode; Workers and servers that are started again
 * and again; and what needs a build of its own, such as the naive forms, which only a new version can change. Other options are
 * turbo's: `--filter worker`.
 */

const ROOT = join(import.meta.dirname, '..');
const TASKS = ['typecheck', 'lint', 'format', 'consistency', 'test', 'test:scripts', 'e2e'];
const OPTIONS = ['--concurrency=3', '--continue=dependencies-successful', '--summarize'];
/** What vitest and Playwright say of a few failures fits in. */
const LINES = 80;

interface Summary {
  tasks: {
    taskId: string;
    /** Not where the task's results are not kept. */
    logFile?: string;
    cache: { status: 'HIT' | 'MISS' };
    execution?: { startTime: number; endTime: number; exitCode: number };
  }[];
}

const summaries = () =>
  globSync('.turbo/runs/*.json', { cwd: ROOT }).map((file) => join(ROOT, file));

for (const file of summaries()) rmSync(file);
const isBrief = process.argv.includes('--brief');
const own = process.argv.slice(2).filter((argument) => argument !== '--brief');
const env = { ...process.env };
// Read by the apps' playwright.config.ts.
if (isBrief) env.BRIEF = '1';
else delete env.BRIEF;
const { status } = spawnSync('turbo', [...TASKS, ...OPTIONS, ...own], {
  cwd: ROOT,
  env,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});

const tasks = summaries()
  .flatMap((file) => (JSON.parse(readFileSync(file, 'utf8')) as Summary).tasks)
  .flatMap(({ taskId, logFile, cache, execution }) => {
    if (!execution || cache.status === 'HIT') return [];
    const seconds = Math.round((execution.endTime - execution.startTime) / 1000);
    return [{ taskId, logFile, seconds, isFailed: execution.exitCode !== 0 }];
  })
  .toSorted((one, other) => other.seconds - one.seconds);
for (const { taskId, logFile, isFailed } of tasks) {
  const lines = logFile ? readFileSync(join(ROOT, logFile), 'utf8').trimEnd().split('\n') : [];
  const flaky = lines.findLastIndex((line) => /^\s+\d+ flaky$/.test(line));
  if (isFailed) {
    console.log(
      `\n──── ${taskId} failed; the end of what it said (all of it: ${logFile ?? 'above'}) ────\n`,
    );
    console.log(lines.slice(-LINES).join('\n'));
  } else if (flaky !== -1) {
    console.log(`\n${taskId} passed at a second try:\n${lines.slice(flaky).join('\n')}`);
  }
}
const slowest = tasks.slice(0, 8).filter(({ seconds }) => seconds > 0);
if (slowest.length > 0) {
  const times = slowest.map(({ taskId, seconds }) => `${taskId} ${seconds} s`);
  console.log(`\nThe longest: ${times.join(', ')}.`);
}
if (isBrief) console.log('In brief; all journeys: npx pnpm@12 test:all');
process.exit(status ?? 1);
