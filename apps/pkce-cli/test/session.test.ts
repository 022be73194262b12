import { execFile } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { bin, expect, test } from './command.ts';

const REFRESH = {
  endpoint: 'POST /user_management/authenticate',
  grantType: 'refresh_token',
} as const;

test('node/pkce-automatic: login, whoami, token and logout, from the first line to the last', async ({
  cli,
  workos,
}) => {
  expect(await cli.run(['whoami'])).toMatchObject({ code: 3, stdout: '' });

  const login = await cli.signIn('ada@acme.test');
  expect(login).toMatchObject({
    code: 0,
    stdout: 'Signed in as ada@acme.test in org_acme as admin.\n',
  });
  expect(login.stderr).toContain(cli.profilePath());

  const whoami = await cli.run(['whoami', '--json']);
  expect(JSON.parse(whoami.stdout)).toMatchObject({
    user: { email: 'ada@acme.test' },
    organizationId: 'org_acme',
    role: 'admin',
    storage: 'file',
  });

  await workos.clearRequests();
  const token = await cli.run(['token']);
  expect(token).toMatchObject({ code: 0, stderr: '' });
  expect(token.stdout).toBe(`${(await cli.stored()).tokens.accessToken}\n`);
  expect(await workos.requests()).toEqual([]);

  const [session] = await workos.sessions({ user: 'user_ada' });
  expect(session).toMatchObject({ status: 'active' });
  expect(await cli.run(['logout'])).toMatchObject({ code: 0, stderr: '' });
  expect(await workos.sessions({ user: 'user_ada' })).toMatchObject([{ status: 'revoked' }]);
  expect(await readdir(dirname(cli.profilePath()))).toEqual([]);
  expect(await cli.run(['token'])).toMatchObject({ code: 3, stdout: '' });
});

test('node/public-refresh: 20 processes at once across an expiry make one refresh, and all succeed [fault/concurrent-refresh]', async ({
  cli,
  workos,
}) => {
  await cli.signIn('ada@acme.test');
  const before = await cli.stored();
  await cli.expire();
  await workos.clearRequests();

  const all = await Promise.all(Array.from({ length: 20 }, () => cli.run(['token'])));

  expect(new Set(all.map(({ code }) => code))).toEqual(new Set([0]));
  const after = await cli.stored();
  expect(after.tokens.refreshToken).not.toBe(before.tokens.refreshToken);
  expect(new Set(all.map(({ stdout }) => stdout))).toEqual(
    new Set([`${after.tokens.accessToken}\n`]),
  );
  expect(await workos.requests(REFRESH)).toHaveLength(1);
  expect(await readdir(dirname(cli.profilePath()))).toEqual(['default.json']);
}, 60_000);

test('node/public-refresh: a token about to run out is refreshed, and so is one from the future [fault/refresh]', async ({
  cli,
  workos,
}) => {
  await cli.signIn('ada@acme.test');
  const stored = await cli.stored();
  const put = (session: object) =>
    writeFile(
      cli.profilePath(),
      JSON.stringify({ ...stored, session: { ...stored.session, ...session } }),
    );
  await put({ expiresAt: Date.now() + 20_000 });
  await workos.clearRequests();
  await cli.run(['token']);
  expect(await workos.requests(REFRESH)).toHaveLength(1);

  // The clock was turned back since.
  const { tokens } = await cli.stored();
  stored.tokens = tokens;
  await put({ obtainedAt: Date.now() + 3_600_000, expiresAt: Date.now() + 3_900_000 });
  expect(await cli.run(['token'])).toMatchObject({ code: 0 });
  expect(await workos.requests(REFRESH)).toHaveLength(2);
});

test('node/public-refresh: a session that was ended elsewhere asks for a sign-in', async ({
  cli,
  workos,
}) => {
  await cli.signIn('ada@acme.test');
  const [session] = await workos.sessions({ user: 'user_ada' });
  await workos.revokeSession(session!.id);
  await cli.expire();
  const token = await cli.run(['token']);
  expect(token).toMatchObject({ code: 3, stdout: '' });
  expect(token.stderr).toContain('pkce-cli login');
});

test('node/public-refresh: a session of another WorkOS environment is not sent here [attack/leakage]', async ({
  cli,
  workos,
}) => {
  await cli.signIn('ada@acme.test');
  await cli.expire();
  await workos.clearRequests();
  const token = await cli.run(['token'], { env: { WORKOS_CLIENT_ID: 'client_other' } });
  expect(token).toMatchObject({ code: 3, stdout: '' });
  expect(token.stderr).toContain('client_other');
  expect(await workos.requests()).toEqual([]);
});

test('trap/public-client-env-key: an API key in the environment is never sent [attack/leakage]', async ({
  cli,
  workos,
}) => {
  const env = { WORKOS_API_KEY: 'sk_test_default' };
  await cli.signIn('ada@acme.test', [], { env });
  await cli.expire();
  expect(await cli.run(['token'], { env })).toMatchObject({ code: 0 });
  expect(await cli.run(['logout'], { env })).toMatchObject({ code: 0 });
  const grants = await workos.requests({ endpoint: 'POST /user_management/authenticate' });
  expect(grants.map(({ body }) => body.grant_type)).toEqual([
    'authorization_code',
    'refresh_token',
  ]);
  for (const { body } of grants) expect(body).not.toHaveProperty('client_secret');
});

test('node/public-refresh: switching the organization changes role and permissions', async ({
  cli,
}) => {
  await cli.signIn('grace@acme.test');
  expect(await cli.run(['org', 'switch', 'org_globex'])).toMatchObject({
    code: 0,
    stdout: 'You are in org_globex as admin.\n',
  });
  const forbidden = await cli.run(['org', 'switch', 'org_nowhere']);
  expect(forbidden).toMatchObject({ code: 5 });
  expect(forbidden.stderr).toContain('not an active member');
  const whoami = await cli.run(['whoami', '--json']);
  expect(JSON.parse(whoami.stdout)).toMatchObject({ organizationId: 'org_globex', role: 'admin' });
});

test('node/public-client: profiles are accounts side by side, and sessions lists them', async ({
  cli,
}) => {
  await cli.signIn('ada@acme.test');
  await cli.signIn('linus@hey.test', ['--profile', 'work']);
  const { stdout } = await cli.run(['sessions', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    sessions: [
      { profile: 'default', email: 'ada@acme.test', current: true },
      { profile: 'work', email: 'linus@hey.test', current: false },
    ],
  });
  expect(await cli.run(['whoami', '-p', 'work'])).toMatchObject({
    stdout: expect.stringContaining('linus@hey.test') as string,
  });
  for (const name of ['../default', 'Work', 'a/b', '.hidden', '']) {
    expect(await cli.run(['whoami', '--profile', name])).toMatchObject({ code: 2 });
  }
  expect(await cli.run(['logout', '--all'])).toMatchObject({ code: 0 });
  expect(JSON.parse((await cli.run(['sessions', '--json'])).stdout)).toEqual({ sessions: [] });
});

test('node/public-client: a wrong use is one line, as JSON for scripts, with exit code 2', async ({
  cli,
}) => {
  const wrong = [
    ['tokn'],
    ['login', '--device', '--manual'],
    ['api'],
    ['login', '--timeout', 'x'],
    ['login', '--timeout', '2592000'],
    ['login', '--port', '99999'],
    ['login', '--manual', '--redirect-uri', 'foo'],
  ];
  for (const args of wrong) {
    expect(await cli.run(args)).toMatchObject({ code: 2, stdout: '' });
    const { code, stderr } = await cli.run([...args, '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'usage', exitCode: 2 } });
  }
  expect((await cli.run(['tokn'])).stderr).toContain('Did you mean token?');
  const { stdout } = await cli.run(['login', '--help']);
  expect(stdout).toContain('--device');
  expect(await cli.run(['--version'])).toMatchObject({ code: 0, stdout: '0.1.0\n' });
});

test('node/public-refresh: no example puts the token where every user of the machine reads it [attack/leakage]', async ({
  cli,
}) => {
  await cli.signIn('ada@acme.test');
  const { accessToken } = (await cli.stored()).tokens;
  const folder = join(cli.home, 'bin');
  await mkdir(folder);
  const put = (name: string, script: string) =>
    writeFile(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  await put('pkce-cli', `exec "${process.execPath}" "${bin}" "$@"`);
  // In curl's place: its arguments, then what it reads.
  await put('curl', `printf 'argument %s\\n' "$@"; cat`);

  const texts = [
    (await cli.run(['--help'])).stdout,
    (await cli.run(['token', '--help'])).stdout,
    await readFile(join(import.meta.dirname, '..', 'README.md'), 'utf8'),
  ];
  const examples = texts.flatMap((text) => text.match(/^.*\$\(pkce-cli token\).*$/gm) ?? []);
  expect(examples).not.toEqual([]);
  for (const example of examples) {
    const env = { ...cli.env, PATH: `${folder}${delimiter}${cli.env.PATH}` };
    const command = example.replace(/^ *\$ /, '');
    const { stdout } = await promisify(execFile)('sh', ['-c', `{ ${command}; } </dev/null`], {
      env,
    });
    const lines = stdout.split('\n');
    expect(lines.filter((line) => line.startsWith('argument')).join()).not.toContain(accessToken);
    expect(lines.at(-1)).toBe(`Authorization: Bearer ${accessToken}`);
  }
});

test('node/public-client: a second login ends the session that it replaces', async ({
  cli,
  workos,
}) => {
  await cli.signIn('ada@acme.test');
  await cli.signIn('ada@acme.test');
  const sessions = await workos.sessions({ user: 'user_ada' });
  expect(sessions.map(({ status }) => status).toSorted()).toEqual(['active', 'revoked']);
});

test('node/public-client: the file is its owner’s alone, and is made so again [attack/loopback]', async ({
  cli,
}) => {
  await cli.signIn('ada@acme.test');
  const mode = async (path: string) => (await stat(path)).mode & 0o777;
  expect(await mode(cli.profilePath())).toBe(0o600);
  expect(await mode(dirname(cli.profilePath()))).toBe(0o700);
  await chmod(cli.profilePath(), 0o644);
  await cli.run(['whoami']);
  expect(await mode(cli.profilePath())).toBe(0o600);
});

test('node/public-client: nothing secret in what --verbose and --json say [attack/leakage]', async ({
  cli,
}) => {
  const login = await cli.signIn('ada@acme.test', ['--verbose']);
  await cli.expire();
  const { tokens: before } = await cli.stored();
  const said = [
    login,
    await cli.run(['whoami', '--verbose', '--json']),
    await cli.run(['sessions', '--verbose']),
    await cli.run(['org', 'switch', 'org_nowhere', '--verbose']),
    await cli.run(['logout', '--verbose']),
  ]
    .map(({ stdout, stderr }) => stdout + stderr)
    .join('');
  expect(said).not.toContain('eyJ');
  expect(said).not.toContain(before.refreshToken);
  expect(said).not.toMatch(/code=|state=|verifier/);
});

test('node/public-client: a damaged file is said to be so, and login mends it [fault/cli-machine]', async ({
  cli,
}) => {
  await cli.signIn('ada@acme.test');
  const text = await readFile(cli.profilePath(), 'utf8');
  await writeFile(cli.profilePath(), text.slice(0, 100));
  const token = await cli.run(['token']);
  expect(token).toMatchObject({ code: 6, stdout: '' });
  expect(token.stderr).toContain('damaged');
  const logout = await cli.run(['logout']);
  expect(logout).toMatchObject({ code: 6, stderr: expect.stringContaining('--local') });
  expect(await cli.signIn('ada@acme.test')).toMatchObject({ code: 0 });
  expect(await cli.run(['token'])).toMatchObject({ code: 0 });
});

test('node/public-client: logout --all goes on after one that fails, and says which is left [fault/cli-machine]', async ({
  cli,
  workos,
}) => {
  for (const profile of ['a', 'b', 'c']) {
    await cli.signIn('ada@acme.test', ['--profile', profile]);
  }
  await writeFile(cli.profilePath('a'), '{');
  await workos.failNext('GET /user_management/sessions/logout', { status: 503 });

  const first = await cli.run(['logout', '--all']);
  expect(first).toMatchObject({ code: 6, stdout: expect.stringContaining('(profile c)') });
  expect(first.stderr).toContain('Still signed in: a, b.');
  expect(first.stderr).toContain('--local');

  const second = await cli.run(['logout', '--all', '--local', '--json']);
  expect(second.code).toBe(0);
  expect(JSON.parse(second.stdout)).toMatchObject({
    ended: [
      { profile: 'a', email: null },
      { profile: 'b', email: 'ada@acme.test' },
    ],
  });
  expect(await readdir(dirname(cli.profilePath()))).toEqual([]);
});
