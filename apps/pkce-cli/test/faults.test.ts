import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { createWorkosMock } from 'workos-mock';
import { listen } from 'workos-mock/node';
import { onTestFinished } from 'vitest';
import { bin, type Cli, createCli, type Ended, expect, test } from './command.ts';

const AUTHENTICATE = 'POST /user_management/authenticate';
const REFRESH = { grantType: 'refresh_token' } as const;
/** The SDK tries twice before it gives up. */
const EVERY_TRY = { ...REFRESH, times: 2 } as const;

async function signInExpired(cli: Cli): Promise<string> {
  await cli.signIn('ada@acme.test');
  await cli.expire();
  return readFile(cli.profilePath(), 'utf8');
}

/** One line that says what to do, no trace, the session as it was. */
async function expectIntact(cli: Cli, ended: Ended, before: string): Promise<void> {
  expect(ended).toMatchObject({ code: 4, stdout: '' });
  expect(ended.stderr).toMatch(/^error WorkOS [^\n]+\n[^\n]*\n?$/);
  expect(await readFile(cli.profilePath(), 'utf8')).toBe(before);
  expect(await readdir(dirname(cli.profilePath()))).toEqual(['default.json']);
}

test.concurrent('node/public-refresh: 500s, HTML and dropped connections leave the session intact [fault/refresh]', async ({
  cli,
  workos,
}) => {
  const before = await signInExpired(cli);
  await workos.failNext(AUTHENTICATE, { status: 500, body: { message: 'Oops' } }, EVERY_TRY);
  await expectIntact(cli, await cli.run(['token']), before);
  await workos.failNext(AUTHENTICATE, { status: 502, body: '<h1>Bad Gateway</h1>' }, EVERY_TRY);
  await expectIntact(cli, await cli.run(['token']), before);
  await workos.dropNext(AUTHENTICATE, {}, EVERY_TRY);
  await expectIntact(cli, await cli.run(['token']), before);
  expect(await cli.run(['token'])).toMatchObject({ code: 0 });
}, 60_000);

test.concurrent('node/public-refresh: 429 is waited out, and told when it lasts [fault/refresh]', async ({
  cli,
  workos,
}) => {
  const before = await signInExpired(cli);
  const tooMany = { status: 429, body: { message: 'Slow down' }, headers: { 'retry-after': '1' } };
  await workos.failNext(AUTHENTICATE, tooMany, EVERY_TRY);
  const token = await cli.run(['token']);
  await expectIntact(cli, token, before);
  expect(token.stderr).toContain('fewer requests');
  await workos.failNext(AUTHENTICATE, tooMany, REFRESH);
  expect(await cli.run(['token'])).toMatchObject({ code: 0 });
}, 60_000);

test.concurrent('node/public-refresh: an answer that is lost after the token was rotated costs nobody the session [fault/refresh]', async ({
  cli,
  workos,
}) => {
  await signInExpired(cli);
  await workos.dropNext(AUTHENTICATE, { after: true }, REFRESH);
  expect(await cli.run(['token'])).toMatchObject({ code: 0 });
  await cli.expire();
  await workos.garbleNext(AUTHENTICATE, 'truncated', REFRESH);
  expect(await cli.run(['token'])).toMatchObject({ code: 4, stdout: '' });
  expect(await cli.run(['token'])).toMatchObject({ code: 0 });
}, 60_000);

test.concurrent('node/public-refresh: no network while the token lives is nobody’s concern, then exit code 4 [fault/cli-machine]', async ({
  cli,
}) => {
  // A port that the system hands to nobody: it stays silent when the mock is closed.
  const { close, ...mock } = await listen(createWorkosMock().fetch, { port: 28672 });
  const offline = await createCli({ hostname: 'localhost', port: mock.port });
  await offline.signIn('ada@acme.test');
  await close();
  expect(await offline.run(['token'])).toMatchObject({ code: 0, stderr: '' });
  await offline.expire();
  const before = await readFile(offline.profilePath(), 'utf8');
  await expectIntact(offline, await offline.run(['token']), before);
  const logout = await offline.run(['logout']);
  expect(logout).toMatchObject({ code: 4 });
  expect(await readFile(offline.profilePath(), 'utf8')).toBe(before);
  expect(await offline.run(['logout', '--local'])).toMatchObject({ code: 0 });
  expect(await offline.run(['token'])).toMatchObject({ code: 3 });
  expect(cli.home).not.toBe(offline.home);
}, 60_000);

/** How often 20 processes run into an expiry: once with every change, `ROUNDS=50` to be sure. */
const ROUNDS = Number(process.env.ROUNDS ?? 1);

test(
  'node/public-refresh: 20 processes at once, against a WorkOS that honours no rotated token [load/refresh-race]',
  async () => {
    const mock = createWorkosMock({ refreshGrace: 0 });
    const { port, close } = await listen(mock.fetch);
    onTestFinished(close);
    const cli = await createCli({ hostname: 'localhost', port });
    await cli.signIn('ada@acme.test');
    for (let round = 0; round < ROUNDS; round += 1) {
      await cli.expire();
      await mock.clearRequests();
      const all = await Promise.all(Array.from({ length: 20 }, () => cli.run(['token'])));
      expect(new Set(all.map(({ code }) => code))).toEqual(new Set([0]));
      expect(
        await mock.requests({ endpoint: AUTHENTICATE, grantType: 'refresh_token' }),
      ).toHaveLength(1);
    }
  },
  60_000 * ROUNDS,
);

test('node/public-refresh: Ctrl-C in a refresh waits until the rotated token is stored [fault/cli-machine]', async ({
  cli,
  workos,
}) => {
  await signInExpired(cli);
  const { tokens: before } = await cli.stored();
  await workos.delayNext(AUTHENTICATE, { milliseconds: 3000 }, REFRESH);
  const { child, ended } = cli.start(['token']);
  // The fault is taken by the exchange, so it is under way.
  await expect.poll(() => workos.faults(), { timeout: 10_000 }).toEqual([]);
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 130, stdout: '' });
  const { tokens: after } = await cli.stored();
  expect(after.refreshToken).not.toBe(before.refreshToken);
  expect(await readdir(dirname(cli.profilePath()))).toEqual(['default.json']);
  expect(await cli.run(['token'])).toMatchObject({ code: 0, stdout: `${after.accessToken}\n` });
});

test('node/public-refresh: a process that is killed in a refresh blocks nobody [fault/cli-machine]', async ({
  cli,
  workos,
}) => {
  await signInExpired(cli);
  await workos.delayNext(AUTHENTICATE, { milliseconds: 3000 }, REFRESH);
  const { child, ended } = cli.start(['token']);
  await expect.poll(() => workos.faults(), { timeout: 10_000 }).toEqual([]);
  child.kill('SIGKILL');
  await ended;
  expect(await cli.run(['token'])).toMatchObject({ code: 0 });
  expect(await readdir(dirname(cli.profilePath()))).toEqual(['default.json']);
});

test('node/pkce-automatic: Ctrl-C while it waits for the browser leaves nothing [fault/cli-machine]', async ({
  cli,
}) => {
  const { child, says, ended } = cli.start(['login', '--no-browser', '--storage', 'file']);
  await says(/Waiting/);
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 130, stdout: '' });
  expect(await readdir(dirname(cli.profilePath()))).toEqual([]);
});

test('node/pkce-automatic: a login that nobody finishes ends by itself [fault/sign-in-start]', async ({
  cli,
}) => {
  const ended = await cli.run(['login', '--no-browser', '--storage', 'file', '--timeout', '1']);
  expect(ended).toMatchObject({ code: 7, stdout: '' });
  expect(ended.stderr).toContain('within 1 seconds');
});

test.concurrent('node/pkce-automatic: cancelled, and WorkOS down in the exchange, are told apart [fault/callback]', async ({
  cli,
  workos,
}) => {
  const cancelled = await cli.signIn('nobody@acme.test');
  expect(cancelled).toMatchObject({ code: 5, stdout: '' });
  await workos.failNext(AUTHENTICATE, { status: 503 }, { times: 2 });
  expect(await cli.signIn('ada@acme.test')).toMatchObject({ code: 4, stdout: '' });
  expect(await readdir(dirname(cli.profilePath()))).toEqual([]);
}, 60_000);

const ENDS: [string, { status: number; body: object } | null, object][] = [
  ['a sign-in', null, { code: 0, stdout: 'Signed in as ada@acme.test in org_acme as admin.\n' }],
  [
    'a refusal',
    { status: 400, body: { error: 'invalid_grant', error_description: 'No.' } },
    { code: 5, stdout: '' },
  ],
];

test.for(ENDS)(
  'node/pkce-automatic: %s ends in the terminal when the tab is closed in the exchange [fault/callback]',
  async ([, refusal, end], { cli, workos }) => {
    await workos.delayNext(AUTHENTICATE, { milliseconds: 3000 });
    if (refusal) await workos.failNext(AUTHENTICATE, refusal);
    const login = ['login', '--no-browser', '--hint', 'ada@acme.test', '--storage', 'file'];
    const { child, says, ended } = cli.start(login);
    onTestFinished(() => void child.kill('SIGKILL'));
    const tab = new AbortController();
    const page = fetch(await says(/(http:\/\/127\.0\.0\.1:\d+\/)\s/), { signal: tab.signal });
    // The faults are taken by the exchange, so it is under way.
    await expect.poll(() => workos.faults(), { timeout: 10_000 }).toEqual([]);
    tab.abort();
    await expect(page).rejects.toThrow('aborted');
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout }).toEqual(end);
    if (refusal) expect(stderr).toContain('error The code is not good for this sign-in.');
    else expect((await cli.stored()).session.user.email).toBe('ada@acme.test');
  },
);

test('node/pkce-automatic: a port that is taken is named [fault/cli-machine]', async ({ cli }) => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    taken.close();
  });
  const { port } = taken.address() as { port: number };
  const ended = await cli.run(['login', '--storage', 'file', '--port', String(port)]);
  expect(ended).toMatchObject({ code: 1 });
  expect(ended.stderr).toContain(`Port ${port} is taken`);
});

/** Whether low ports are the administrator's here: in a container they often are anybody's. Needs Linux and its `setpriv`. */
function keepsLowPorts(): boolean {
  try {
    const file = '/proc/sys/net/ipv4/ip_unprivileged_port_start';
    const hasTool = spawnSync('setpriv', ['--version']).status === 0;
    return hasTool && Number(readFileSync(file, 'utf8')) > 1;
  } catch {
    return false;
  }
}

test.runIf(keepsLowPorts())(
  'node/pkce-automatic: a port that only the administrator may open is named [fault/cli-machine]',
  async ({ cli }) => {
    const login = 'login --storage file --port 1 --timeout 1'.split(' ');
    // Root may open it, unless that right is taken away.
    const as = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-net_bind_service'] : [];
    const [command = '', ...args] = [...as, process.execPath, bin, ...login];
    const { status, stderr } = spawnSync(command, args, { env: cli.env, encoding: 'utf8' });
    expect(stderr).toContain('Port 1 is not for you to open');
    expect(status).toBe(1);
  },
);

test('node/pkce-automatic: a browser that cannot be started is replaced by the address [fault/cli-machine]', async ({
  cli,
}) => {
  // An empty BROWSER leaves it to the system, which on Linux needs a screen.
  const none = process.platform === 'linux' ? [''] : [];
  for (const BROWSER of ['/no/such/browser', '/bin/false', ...none]) {
    const { child, says, ended } = cli.start(['login', '--storage', 'file'], {
      env: { BROWSER },
    });
    expect(await says(/Open this address[^:]*:\s+(http\S+)/)).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/$/,
    );
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 143 });
  }
});

/** Places where nobody can keep a file, not even the machine's administrator. */
const NO_PLACES = [
  ['/dev/null', 'not a folder'],
  ...(process.platform === 'linux' ? [['/sys/kernel', 'no permission|read-only']] : []),
] as const;

test.for(NO_PLACES)(
  'node/public-client: %s is no place for a session, which is said before anybody signs in [fault/cli-machine]',
  async ([XDG_STATE_HOME, reason], { cli, workos }) => {
    const ended = await cli.run(['login', '--storage', 'file'], { env: { XDG_STATE_HOME } });
    expect(ended).toMatchObject({ code: 6, stdout: '' });
    expect(ended.stderr).toMatch(new RegExp(`^error [^\\n]*(${reason})[^\\n]*\\n[^\\n]*\\n?$`));
    expect(await workos.requests()).toEqual([]);
  },
);

test('node/public-refresh: a full disk is noticed before the token is rotated [fault/cli-machine]', async ({
  cli,
  workos,
}) => {
  const before = await signInExpired(cli);
  await workos.clearRequests();
  // No file may grow: what a full disk or a used-up quota looks like to a process.
  const limited = `trap '' XFSZ; ulimit -f 1; exec "$0" "$@"`;
  const child = spawn('/bin/sh', ['-c', limited, process.execPath, bin, 'token'], { env: cli.env });
  const stderr = (await child.stderr.toArray()).join('');
  expect(stderr).toMatch(/^error The session cannot be written/);
  expect(child.exitCode ?? (await new Promise((resolve) => child.once('close', resolve)))).toBe(6);
  expect(await workos.requests()).toEqual([]);
  expect(await readFile(cli.profilePath(), 'utf8')).toBe(before);
  expect(await cli.run(['token'])).toMatchObject({ code: 0 });
});
