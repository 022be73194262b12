import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createControl, createWorkosMock } from 'workos-mock';
import { listen } from 'workos-mock/node';
import { Browser } from './browser.ts';
import { mockAt, type Instance, next, type Start, worker } from './built-apps.ts';
import { roundRobin } from './round-robin.ts';

/**
 * Many people at once, for a long time: they sign in at each built server app, two instances of it behind a round robin, ask
 * for their pages, come back with expired sessions, and sign in again. Fails on an error, on an answer that names somebody
 * else, and on memory that grows after the warm-up: `pnpm soak [--app NAME] [--sign-ins N] [--requests N] [--full]`.
 */

/**
 * For each app, where a sign-in starts and which pages name the person; and how many requests an instance gets beforehand, so
 * that its memory can be compared.
 */
const APPS: Record<string, { start: Start; signIn: string; pages: string[]; warmUp?: number }> = {
  'nextjs-proxy': {
    start: next('nextjs-proxy'),
    signIn: '/sign-in?loginHint=',
    pages: ['/account', '/with-auth'],
  },
  'nextjs-composable': {
    start: next('nextjs-composable'),
    signIn: '/sign-in?loginHint=',
    pages: ['/en/account'],
  },
  'nextjs-middleware': {
    start: next('nextjs-middleware'),
    signIn: '/sign-in?loginHint=',
    pages: ['/account'],
  },
  worker: {
    start: worker,
    signIn: '/login?login_hint=',
    pages: ['/me', '/api/me'],
    // workerd lets itself grow to some 200 MB before it gives anything back, with a Worker of one line too.
    warmUp: 40_000,
  },
};
const CONNECTIONS = 8;
const PEOPLE = 200;
const ORGANIZATIONS = 20;
/** The share of requests that come with a session whose token has expired. */
const EXPIRED = 0.05;
/** Memory is looked at after each of so many parts; what it is after the second counts as warm. */
const PARTS = 10;
const WARM = 2;
/** How long a server is left alone before its memory counts, in milliseconds. */
const SETTLE = 1_000;
/**
 * What a warm server may grow to, in MB: it compiles and caches some more, but keeps nothing of every answer. Of 10 kB an
 * answer a full run tells, of 50 kB a short one.
 */
const mayGrowTo = (warm: number) => warm * 1.15 + 30;
const COOKIE_PASSWORD = 'soak-only-cookie-password-of-the-apps';

const { values: flags } = parseArgs({
  options: {
    app: { type: 'string' },
    'sign-ins': { type: 'string' },
    requests: { type: 'string' },
    instances: { type: 'string', default: '2' },
    full: { type: 'boolean' },
  },
});
if (flags.app && !APPS[flags.app]) {
  throw new Error(`--app takes one of ${Object.keys(APPS).join(', ')}, not ${flags.app}.`);
}
// --full: 10,000 and 100,000 over the four apps.
const signIns = count('sign-ins', flags.full ? 2_500 : 500);
const requests = count('requests', flags.full ? 25_000 : 5_000);
const instanceCount = count('instances', 2);

/** Somebody of the seed. */
interface Person {
  /** In whatever names them: `person_7@soak.test`, `user_person_7`. */
  name: string;
  organization: string;
  email: string;
  browser: Browser;
  /** Of another client of theirs, which calls the API. */
  bearer: { authorization: string };
}

const seed = {
  organizations: Array.from({ length: ORGANIZATIONS }, (_, i) => ({
    id: `org_soak_${i}`,
    name: `Organization ${i}`,
  })),
  users: Array.from({ length: Math.min(PEOPLE, signIns) }, (_, i) => ({
    id: `user_person_${i}`,
    email: `person_${i}@soak.test`,
    firstName: `person_${i}`,
    memberships: [{ organization: `org_soak_${i % ORGANIZATIONS}`, role: 'admin' }],
  })),
};

// What it has started ends with it.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
const rows = [
  ['app', 'sign-ins', 'requests', 'refreshes', 'errors', 'mixed up', 'answers/s', 'MB, warm → end'],
];
const remarks: string[] = [];
for (const app of flags.app ? [flags.app] : Object.keys(APPS)) rows.push(await soak(app));
const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
for (const row of rows) console.log(row.map((text, i) => text.padEnd(widths[i]!)).join('  '));
for (const remark of remarks) console.error(remark);
if (remarks.length > 0) process.exitCode = 1;

/** Lets everybody use one app; answers with its row of the table, and leaves what is wrong in `remarks`. */
async function soak(app: string): Promise<string[]> {
  const { start, signIn, pages, warmUp = 0 } = APPS[app]!;
  const listening = await listen(createWorkosMock({ seed }).fetch);
  const workos = createControl((request) => fetch(request), listening.url);
  const balancer = await roundRobin();
  const settings = {
    origin: balancer.origin,
    api: mockAt(listening.port),
    cookiePassword: COOKIE_PASSWORD,
  };
  const instances: Instance[] = [];

  const done = { signIns: 0, requests: 0, refreshes: 0, answers: 0, milliseconds: 0 };
  const errors = new Map<string, number>();
  const mixedUp = new Map<string, number>();
  const people = seed.users.map(({ email, firstName, memberships }, i): Person => {
    // Each has an address of their own: nextjs-composable counts the sign-ins that an address starts.
    const browser = new Browser(balancer.origin, {}, { 'x-forwarded-for': `192.0.2.${i}` });
    const { organization } = memberships[0]!;
    return { name: firstName, organization, email, browser, bearer: { authorization: '' } };
  });

  async function signInAgain(person: Person): Promise<void> {
    done.signIns++;
    done.answers += 2;
    person.browser.cookies.clear();
    const { status, location } = await person.browser.signIn(signIn + person.email);
    const isSignedIn = person.browser.cookies.has('wos-session');
    if (!isSignedIn) throw new Error(`callback: ${status} to ${location}, without a session`);
    if (pages.includes('/api/me')) {
      person.bearer = (await workos.signIn({ email: person.email })).headers;
    }
  }

  async function visit(person: Person): Promise<void> {
    done.requests++;
    done.answers++;
    const page = pages[Math.floor(Math.random() * pages.length)]!;
    const isApi = page.startsWith('/api');
    const isExpired = !isApi && Math.random() < EXPIRED;
    if (isExpired) {
      done.refreshes++;
      const { cookies } = await workos.signIn({
        email: person.email,
        cookiePassword: COOKIE_PASSWORD,
        tokenAge: { minutes: 6 },
      });
      for (const [name, value] of Object.entries(cookies)) person.browser.cookies.set(name, value);
    }
    const { status, location, body, renewed } = await (isApi
      ? person.browser.get(page, person.bearer)
      : person.browser.get(page));
    if (status !== 200) throw new Error(`${page}: ${status} to ${location?.split('?')[0]}`);
    const named = new Set(body.match(/(person|org_soak)_\d+/g));
    if (!named.delete(person.name)) add(errors, `${page}: does not say whose it is`);
    named.delete(person.organization);
    if (named.size > 0) add(mixedUp, `${page}: names somebody else`);
    if (isExpired && !renewed) add(errors, `${page}: expired, and not refreshed`);
  }

  /** So many steps at as many connections as there are, each by anybody who is not at another one. */
  async function run(steps: number, step: (person: Person) => Promise<void>): Promise<void> {
    const startedAt = performance.now();
    const connection = async () => {
      while (steps-- > 0) {
        // In turns, each would meet the same instance time and again.
        const [person] = people.splice(Math.floor(Math.random() * people.length), 1) as [Person];
        await step(person).catch(({ message, cause }: Error) =>
          add(errors, cause instanceof Error ? cause.message : message),
        );
        people.push(person);
      }
    };
    await Promise.all(Array.from({ length: Math.min(CONNECTIONS, people.length) }, connection));
    done.milliseconds += performance.now() - startedAt;
  }

  const memory: number[][] = [];
  try {
    for (let i = 0; i < instanceCount; i++) instances.push(await start(settings));
    balancer.instances.push(...instances.map(({ port }) => port));
    await Promise.all(instances.map(({ port }) => knock(port, warmUp)));
    const newcomers = [...people];
    await run(newcomers.length, () => signInAgain(newcomers.pop()!));
    let left = signIns + requests - people.length;
    for (let parts = PARTS; parts > 0; parts--) {
      await run(Math.round(left / parts), (person) => {
        const isSignIn = Math.random() * left-- < signIns - done.signIns;
        return isSignIn ? signInAgain(person) : visit(person);
      });
      for (const { collectGarbage } of instances) collectGarbage();
      await setTimeout(SETTLE);
      memory.push(await Promise.all(instances.map(({ pid }) => residentMemory(pid))));
    }
  } finally {
    await Promise.all(instances.map(({ stop }) => stop()));
    balancer.close();
    await listening.close();
  }

  for (const [what, times] of [...errors, ...mixedUp]) remarks.push(`${app}: ${times} × ${what}`);
  const growth = instances.map((_, i) => {
    const series = memory.map((sizes) => sizes[i] ?? Number.NaN);
    const [warm = 0, end = 0] = [series[WARM - 1], series.at(-1)];
    if (end > mayGrowTo(warm)) {
      remarks.push(`${app}: memory grew. MB after each tenth: ${series.map(Math.round).join(' ')}`);
    }
    return `${warm.toFixed(0)} → ${end.toFixed(0)}`;
  });
  return [
    app,
    ...[done.signIns, done.requests, done.refreshes, sum(errors), sum(mixedUp)].map(String),
    ((done.answers * 1000) / done.milliseconds).toFixed(0),
    growth.join(', '),
  ];
}

/** Asks for a page as nobody, so many times. */
async function knock(port: number, times: number): Promise<void> {
  const connection = async () => {
    while (times-- > 0) await (await fetch(`http://127.0.0.1:${port}/api/me`)).text();
  };
  await Promise.all(Array.from({ length: CONNECTIONS / 2 }, connection));
}

/** Of a process, in MB; not a number where neither /proc nor ps tells. */
async function residentMemory(pid: number): Promise<number> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const [, kilobytes] =
      /VmRSS:\s+(\d+)/.exec(status) ??
      /(\d+)/.exec(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) ??
      [];
    return Number(kilobytes) / 1024;
  } catch {
    return Number.NaN;
  }
}

function count(flag: 'sign-ins' | 'requests' | 'instances', usual: number): number {
  const value = Number(flags[flag] ?? usual);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${flag} takes 1, 2, 3, …`);
}

function add(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

function sum(counts: Map<string, number>): number {
  return [...counts.values()].reduce((total, one) => total + one, 0);
}
