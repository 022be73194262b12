import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createControl } from '../src/control-client.ts';

// The command as people run it: the built one, as a child process.
const command = fileURLToPath(new URL('../bin/workos-mock.js', import.meta.url));

function start(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [command, ...args], {
    env: { PATH: process.env.PATH ?? '', ...env },
  });
  onTestFinished(() => void child.kill());
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const exit = once(child, 'exit').then(([code]) => ({ code: code as number, stdout, stderr }));
  const ready = async () => {
    while (!stdout.includes('\n')) {
      await Promise.race([once(child.stdout, 'data'), exit]);
      if (child.exitCode !== null) throw new Error(stderr);
    }
    return stdout;
  };
  return { child, exit, ready };
}

/** A seed file that is gone after the test. */
async function seedFile(name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'workos-mock-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

test('the command says that it is ready, answers, and stops when told to', async () => {
  const { child, exit, ready } = start(['--port', '0', '--json']);
  const { url, port } = JSON.parse(await ready()) as { url: string; port: number };
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
  const home = await (await fetch(url)).text();
  expect(home).toContain('Ada Lovelace');
  child.kill('SIGTERM');
  expect((await exit).code).toBe(0);
});

test('a Host that is not this machine is refused, unless it is allowed [attack/mock-exposed]', async () => {
  const { ready } = start(['--port', '0', '--json', '--allow-host', 'mock.internal']);
  const { port } = JSON.parse(await ready()) as { port: number };
  const statusFor = (host: string) =>
    new Promise<number>((resolve) => {
      get({ port, host: '127.0.0.1', path: '/health', headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode!);
      });
    });
  expect(await statusFor('evil.example')).toBe(403);
  expect(await statusFor(`localhost:${port}`)).toBe(200);
  expect(await statusFor('mock.internal:4100')).toBe(200);
});

test('an old Node.js is told in one line which one to get', () => {
  const told = "Object.defineProperty(process, 'versions', { value: { node: '20.19.0' } })";
  const thisOne = [process.execPath, '--import', `data:text/javascript,${told}`];
  // A real one sees besides that nothing before the sentence is too new for it.
  const old = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'node'))
    .find((node) =>
      /^v(1\d|20)\./.test(spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout ?? ''),
    );
  for (const [node = '', ...args] of [thisOne, ...(old ? [[old]] : [])]) {
    const { status, stderr } = spawnSync(node, [...args, command], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^workos-mock needs Node\.js 22\.12 or newer; this is v\S+ Get one at https:\/\/nodejs\.org\.\n$/,
    );
  }
});

test('a taken port is one line that names it and the mend', async () => {
  const port = await takenPort();
  const { code, stderr } = await start(['--port', String(port)]).exit;
  expect(code).toBe(1);
  expect(stderr).toBe(
    `workos-mock: port ${port} is in use. Stop what uses it, or choose another: WORKOS_API_PORT=${port + 100} moves the mock and the apps that it serves, --port ${port + 100} the mock alone.\n`,
  );
});

test.for([
  [['--port', 'abc'], '--port must be a port from 0 to 65535; got "abc".'],
  [
    ['--refresh-grace', 'soon'],
    '--refresh-grace takes a number of seconds, zero or more; got "soon".',
  ],
  [['--seed', 'missing.yaml'], 'cannot read the seed file missing.yaml: ENOENT'],
  [['--nonsense'], "Unknown option '--nonsense'"],
] as const)('%j is refused in one line', async ([args, message]) => {
  const { code, stderr } = await start([...args]).exit;
  expect(code).toBe(1);
  expect(stderr).toContain(`workos-mock: ${message}`);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test.for([
  [
    'a name that refers to nothing',
    'users[0].memberships[0].organization: no organization "Acmee"; known: Acme',
    {
      organizations: [{ name: 'Acme' }],
      users: [{ email: 'ada@acme.test', memberships: [{ organization: 'Acmee' }] }],
    },
  ],
  [
    'a field of the wrong kind',
    'users[0].email: Invalid email address',
    { users: [{ email: 'ada' }] },
  ],
  ['a field that is not there', 'Unrecognized key: "user"', { user: [] }],
] as const)('a seed with %s names the place', async ([, message, seed]) => {
  const file = await seedFile('seed.json', JSON.stringify(seed));
  const { code, stderr } = await start(['--port', '0', '--seed', file]).exit;
  expect(code).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('a seed may be YAML', async () => {
  const file = await seedFile(
    'seed.yaml',
    'organizations:\n  - name: Acme\nusers:\n  - email: zoe@acme.test\n    memberships: [{ organization: Acme }]\n',
  );
  const { ready } = start(['--port', '0', '--json', '--seed', file]);
  const { url } = JSON.parse(await ready()) as { url: string };
  expect(await (await fetch(url)).text()).toContain('zoe@acme.test');
});

test('run refuses a taken port and names the variable that moves the app', async () => {
  const port = await takenPort();
  const args = ['run', '--name', 'my-app', '--port', String(port), '--', 'node', '-v'];
  const { code, stderr } = await start(args).exit;
  expect(code).toBe(1);
  expect(stderr).toContain(`my-app: port ${port} is in use.`);
  expect(stderr).toContain(`MY_APP_PORT=${port + 30}`);
});

test('run hands the port on and ends as its command ends', async () => {
  const script = 'console.log(process.env.PORT, process.argv[1]); process.exit(3)';
  const args = [
    'run',
    '--name',
    'my-app',
    '--port',
    '1',
    '--',
    process.execPath,
    '-e',
    script,
    '{port}',
  ];
  const { code, stdout } = await start(args, { MY_APP_PORT: '28671' }).exit;
  expect(stdout.trim()).toBe('28671 28671');
  expect(code).toBe(3);
});

test.for([
  ['emulator', 'apiKeys:', 'left out: directories: 1'],
  ['cli', 'organizations:', 'left out: users: 4'],
] as const)(
  'seed --to %s writes YAML, and says what has no place in it',
  async ([to, has, lacks]) => {
    const { code, stdout, stderr } = await start(['seed', '--to', to]).exit;
    expect(code).toBe(0);
    expect(stdout).toContain(has);
    expect(stderr).toContain(lacks);
  },
);

test('seed names the formats that there are', async () => {
  const { code, stderr } = await start(['seed', '--to', 'excel']).exit;
  expect(code).toBe(1);
  expect(stderr).toBe('workos-mock: seed takes --to emulator or --to cli\n');
});

test('--namespaces: mocks of one process share nothing but the process', async () => {
  const { ready } = start(['--port', '0', '--namespaces', '2', '--json']);
  const { urls } = JSON.parse(await ready()) as { urls: string[] };
  const [one, two] = urls.map((url) => createControl((request) => fetch(request), url));
  await one!.createUser({ email: 'only@one.test' });
  await one!.clock.advance({ days: 1 });
  await expect(one!.signIn({ email: 'only@one.test' })).resolves.toBeTruthy();
  await expect(two!.signIn({ email: 'only@one.test' })).rejects.toThrow('Nobody has the e-mail');
  expect((await one!.clock.now()) - (await two!.clock.now())).toBeGreaterThan(80_000_000);
  await one!.reset();
  await expect(one!.signIn({ email: 'only@one.test' })).rejects.toThrow('Nobody has the e-mail');
});

test('--namespaces takes a number', async () => {
  const { code, stderr } = await start(['--namespaces', 'many']).exit;
  expect(code).toBe(1);
  expect(stderr).toBe('workos-mock: --namespaces takes a number from 1 to 100; got "many".\n');
});
