import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { playwrightReport, type TestResult, vitestReport } from './test-reports.ts';

/**
 * One table of what each app withstands: faults and attacks by app. A test says which cell it proves at the end of its title:
 * `'nextjs/sign-out: a return path stays on this host [attack/open-redirect]'`.
 *
 * Without flags, runs those tests and prints how many passed. --list counts titles and runs nothing; --write puts that into
 * docs/resilience.md; --check says whether that file is fresh and every cell has its test. --app NAME takes one app alone.
 */

const FILE = 'docs/resilience.md';
const TAG = /\[((?:fault|attack|load|fuzz)\/[a-z-]+)\]/g;
const TEST_FILE = /\.(test|spec)\.tsx?$|(^|\/)test_\w+\.py$|_test\.go$/;

const next = ['nextjs-proxy', 'nextjs-composable', 'nextjs-middleware'];
const APPS = [
  ...next,
  'react-spa',
  'worker',
  'pkce-cli',
  'python-client',
  'go-client',
  'workos-mock',
];
const folder = (app: string) => (app === 'workos-mock' ? `packages/${app}` : `apps/${app}`);

/** What a cell means, the apps that it concerns, and why it does not concern the others. */
const CELLS: Record<string, { means: string; apps: string[]; others: string }> = {
  'fault/sign-in-start': {
    means: 'WorkOS is down when a person starts to sign in: a page with a retry, no loop',
    apps: [...next, 'react-spa', 'worker', 'pkce-cli'],
    others: 'no sign-in of their own',
  },
  'fault/callback': {
    means: 'WorkOS fails while the code is exchanged: a page with the next step, no half session',
    apps: [...next, 'react-spa', 'worker', 'pkce-cli'],
    others: 'no callback of their own',
  },
  'fault/refresh': {
    means: '500, 429, time-outs, cut connections, HTML and cut JSON at refresh sign nobody out',
    apps: [...next, 'react-spa', 'worker', 'pkce-cli'],
    others: 'they keep no session',
  },
  'fault/concurrent-refresh': {
    means: 'many requests, tabs or processes at expiry: all answered, nobody signed out',
    apps: [...next, 'react-spa', 'worker', 'pkce-cli'],
    others: 'they keep no session',
  },
  'fault/jwks-down': {
    means: 'keys out of reach: cached ones serve on, a cold start refuses without signing out',
    apps: [...next, 'worker'],
    others: 'they verify no token',
  },
  'fault/key-rotation': {
    means: 'new tokens at once, old ones until they expire, no restart',
    apps: [...next, 'worker'],
    others: 'they verify no token',
  },
  'fault/server-api': {
    means: 'API calls of a server: retried where safe, then a clear error; nothing made twice',
    apps: ['nextjs-proxy', 'worker', 'python-client', 'go-client'],
    others: 'they only read memberships beyond the session, as nextjs-proxy does',
  },
  'fault/cli-machine': {
    means: 'no network, keychain, disk, port or browser; Ctrl-C; two processes at once',
    apps: ['pkce-cli'],
    others: 'not a command line',
  },
  'fault/worker-isolate': {
    means: 'cold isolates, eviction, nobody’s state in a global',
    apps: ['worker'],
    others: 'not a Worker',
  },
  'attack/open-redirect': {
    means: 'return paths in every spelling that browsers accept',
    apps: [...next, 'react-spa', 'worker', 'workos-mock'],
    others: 'they redirect nobody',
  },
  'attack/login-csrf': {
    means: 'a callback without the cookie, with a foreign or used state',
    apps: [...next, 'react-spa', 'worker', 'pkce-cli'],
    others: 'no callback of their own',
  },
  'attack/code-theft': {
    means: 'codes and refresh tokens replayed, stolen, downgraded to plain',
    apps: [...next, 'react-spa', 'worker', 'pkce-cli', 'workos-mock'],
    others: 'python-client, go-client: the callback that exchanges codes is the caller’s',
  },
  'attack/forged-token': {
    means: '`alg: none`, HS256 with the public key, foreign keys, issuers, clients, times',
    apps: [...next, 'worker'],
    others: 'they verify no token',
  },
  'attack/cookie': {
    means: 'flags; tampered, truncated, swapped, sealed elsewhere, over 4 KB',
    apps: [...next, 'react-spa', 'worker'],
    others: 'they set no cookie',
  },
  'attack/header-injection': {
    means: '`x-workos-*` and `x-middleware-*` sent by a client to every route',
    apps: next,
    others: 'only authkit-nextjs talks to its pages in headers',
  },
  'attack/cross-tenant': {
    means: 'a valid token asks for another organization’s data',
    apps: [...next, 'worker'],
    others: 'they hold no tenant’s data',
  },
  'attack/leakage': {
    means: 'keys, passwords and tokens in HTML, bundles, maps, logs, URLs',
    apps: [...next, 'react-spa', 'worker', 'pkce-cli'],
    others: 'they print only what is asked for',
  },
  'attack/caching': {
    means: 'an authenticated answer in a shared cache',
    apps: [...next, 'worker'],
    others: 'they serve no authenticated page',
  },
  'attack/webhook': {
    means: 'body tampered, stale, signed by another secret, replayed, huge',
    apps: ['nextjs-proxy', 'worker'],
    others: 'they receive no webhook',
  },
  'attack/loopback': {
    means: 'other processes and web pages at the command line’s loopback address',
    apps: ['pkce-cli'],
    others: 'they listen to no loopback callback',
  },
  'attack/mock-exposed': {
    means: 'the mock started in production, reached from another host or through DNS rebinding',
    apps: ['workos-mock'],
    others: 'not the mock',
  },
  'load/refresh-race': {
    means: 'rounds of parallel requests at expiry, with and without the server’s grace',
    apps: [...next, 'react-spa', 'worker', 'pkce-cli'],
    others: 'no session',
  },
  'load/two-instances': {
    means: 'two instances behind a round robin, one restarted midway',
    apps: [...next, 'worker'],
    others: 'no server that keeps sessions',
  },
  'fuzz/input': {
    means:
      'arbitrary callback parameters, cookies, states, paths, bodies, arguments: never a crash',
    apps: ['nextjs-proxy', 'nextjs-composable', 'react-spa', 'worker', 'pkce-cli', 'workos-mock'],
    others: 'they parse no stranger’s input, or share the code of nextjs-proxy',
  },
};

/** What `pnpm soak --full` printed last. */
const MEASURED = markdown([
  ['', 'Sign-ins', 'Requests', 'Refreshes', 'Errors', 'Mixed up', 'Answers/s', 'MB, warm → end'],
  ['nextjs-proxy', '2,500', '25,000', '1,263', '0', '0', '49', '469 → 485, 465 → 476'],
  ['nextjs-composable', '2,500', '25,000', '1,266', '0', '0', '85', '472 → 482, 473 → 481'],
  ['nextjs-middleware', '2,500', '25,000', '1,253', '0', '0', '30', '548 → 565, 542 → 553'],
  ['worker', '2,500', '25,000', '632', '0', '0', '199', '227 → 251, 224 → 249'],
]);

interface Count {
  passed: number;
  failed: number;
}

const { values: flags } = parseArgs({
  options: {
    app: { type: 'string' },
    list: { type: 'boolean' },
    write: { type: 'boolean' },
    check: { type: 'boolean' },
  },
});
if (flags.app && !APPS.includes(flags.app)) {
  throw new Error(`--app takes one of ${APPS.join(', ')}, not ${flags.app}.`);
}
const apps = flags.app ? [flags.app] : APPS;
const titles = await readTitles();

if (flags.write || flags.check) {
  const text = `${document()}\n`;
  const problems = unproven();
  if (flags.write) await writeFile(FILE, text);
  else if ((await readFile(FILE, 'utf8').catch(() => '')) !== text) {
    problems.push(`${FILE} is stale: pnpm fix writes it anew`);
  }
  for (const problem of problems) console.error(problem);
  if (flags.check && problems.length > 0) process.exitCode = 1;
  else console.log(`${FILE}: ${Object.keys(CELLS).length} faults and attacks.`);
} else if (flags.list) {
  console.log(table((app, cell) => String(titles.get(app)?.get(cell) ?? 0)));
} else {
  const results = new Map<string, Map<string, Count>>();
  for (const app of apps) results.set(app, await run(app));
  const of = (app: string, cell: string) => results.get(app)?.get(cell);
  console.log(
    table((app, cell) => {
      const { passed = 0, failed = 0 } = of(app, cell) ?? {};
      if (failed > 0) return `${failed} FAILED of ${passed + failed}`;
      return passed > 0 ? String(passed) : 'MISSING';
    }),
  );
  const wanting = apps.flatMap((app) =>
    Object.keys(CELLS).filter((cell) => {
      const count = of(app, cell);
      return count ? count.failed > 0 : CELLS[cell]?.apps.includes(app);
    }),
  );
  if (wanting.length > 0) process.exitCode = 1;
}

/** How many titles of each app name each cell. A table of cases counts once: what it holds is seen when it runs. */
async function readTitles(): Promise<Map<string, Map<string, number>>> {
  const roots = [...APPS.map(folder), 'e2e'];
  const files = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', ...roots],
    { encoding: 'utf8' },
  )
    .split('\n')
    .filter((file) => TEST_FILE.test(file));
  const counts = new Map<string, Map<string, number>>();
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => '');
    const app = APPS.find((name) => file.startsWith(`${folder(name)}/`));
    for (const [line] of text.matchAll(/^.*\[(?:fault|attack|load|fuzz)\/.*$/gm)) {
      // A journey across apps names the one that it is about.
      const about = app ?? APPS.find((name) => line.includes(name));
      for (const [, cell = ''] of line.matchAll(TAG)) {
        if (!CELLS[cell])
          throw new Error(`${file}: [${cell}] is no cell; scripts/resilience.ts lists them.`);
        if (!about) throw new Error(`${file}: "${line.trim()}" names no app.`);
        const row = counts.get(about) ?? new Map<string, number>();
        counts.set(about, row.set(cell, (row.get(cell) ?? 0) + 1));
      }
    }
  }
  return counts;
}

function unproven(): string[] {
  return Object.entries(CELLS).flatMap(([cell, { apps: concerned }]) =>
    concerned
      .filter((app) => !titles.get(app)?.has(cell))
      .map((app) => `${app} has no test whose title ends with [${cell}]`),
  );
}

/** Runs one app's tests that name a cell, and counts them by it. */
async function run(app: string): Promise<Map<string, Count>> {
  const counts = new Map<string, Count>();
  const count = ({ title, status }: TestResult) => {
    if (status === 'skipped') return;
    for (const [, cell = ''] of title.matchAll(TAG)) {
      const row = counts.get(cell) ?? { passed: 0, failed: 0 };
      row[status] += 1;
      counts.set(cell, row);
    }
  };
  const root = folder(app);
  const reports = await mkdtemp(join(tmpdir(), 'resilience-'));
  const report = join(reports, 'report.json');
  const command = (name: string, args: string[], cwd = root) => {
    console.error(`${app}: ${name}`);
    const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
    return spawnSync('pnpm', ['exec', name, ...args], {
      cwd,
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  };
  const only = '\\[(fault|attack|load|fuzz)/';

  if (existsSync(join(root, 'vitest.config.ts')) || app === 'workos-mock') {
    command('vitest', ['run', '-t', only, '--reporter=json', `--outputFile=${report}`]);
    for (const result of await vitestReport(report)) count(result);
    await rm(report, { force: true });
  } else {
    // pytest and go test have no titles: a cell stands in a docstring or a subtest's name, and the suite passes as a whole.
    const { status } = spawnSync('pnpm', ['test'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    for (const [cell, number] of titles.get(app) ?? []) {
      for (let i = 0; i < number; i++) {
        count({ title: `[${cell}]`, status: status === 0 ? 'passed' : 'failed' });
      }
    }
  }
  for (const [cwd, grep] of [
    [root, only],
    ['e2e', `${app}.*${only}`],
  ] as const) {
    if (!existsSync(join(cwd, 'playwright.config.ts'))) continue;
    command('playwright', ['test', '--grep', grep, '--reporter=json'], cwd);
    for (const result of await playwrightReport(report)) count(result);
    await rm(report, { force: true });
  }
  await rm(reports, { recursive: true });
  return counts;
}

function table(value: (app: string, cell: string) => string): string {
  const rows = Object.entries(CELLS).map(([cell, { apps: concerned }]) => [
    cell,
    ...apps.map((app) =>
      concerned.includes(app) || titles.get(app)?.has(cell) ? value(app, cell) : '–',
    ),
  ]);
  return markdown([['', ...apps], ...rows]);
}

function markdown([head = [], ...rows]: string[][]): string {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0), 3),
  );
  const line = (row: string[]) =>
    `| ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function document(): string {
  return [
    '# What the apps withstand',
    'Each number counts the tests that prove a cell; a table of cases counts once. `npx pnpm@12 test:resilience` runs them and prints how many cases passed. In nextjs-middleware, which leaves version 3 of the SDK as it is, tests of an outage or a race pin what is lost. Generated from the tests’ titles: `npx pnpm@12 fix` writes it anew.',
    table((app, cell) => String(titles.get(app)?.get(cell) ?? 'missing')),
    '## What each one means',
    markdown([
      ['', 'What is tried', '– stands for'],
      ...Object.entries(CELLS).map(([cell, { means, others }]) => [cell, means, others]),
    ]),
    '## Under load',
    '`npx pnpm@12 soak` lets 200 people of 20 organizations use each built server app, two instances of it behind a round robin, over eight connections: they sign in, ask for their pages, come back with sessions that have expired, and sign in again. Every answer must name its own person and organization and no other, and a server that is warm may grow by no more than 15 % and 30 MB. The Worker’s instances answer 40,000 requests before their memory counts: workerd lets itself grow to some 200 MB before it gives anything back, with a Worker of one line too. Every week CI runs `npx pnpm@12 soak --full`: 10,000 sign-ins and 100,000 requests. Written down by hand, from 2026-11-25 and two cores that did other work beside, so the answers a second compare with nothing:',
    MEASURED,
  ].join('\n\n');
}
