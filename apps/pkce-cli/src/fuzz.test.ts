import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import * as fc from 'fast-check';
import { createWorkOS } from '@workos-inc/node';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createDeepLinkSignIn } from './custom-scheme.ts';
import { CliError } from './errors.ts';
import { openLoopback } from './loopback.ts';
import { beginManualSignIn, finishManualSignIn } from './pkce-manual.ts';
import { createProgram } from './program.ts';

/** Nobody listens there: a call that gets as far as WorkOS fails as it does without a network. */
const workos = createWorkOS({
  clientId: 'client_1',
  apiHostname: '127.0.0.1',
  port: 9,
  https: false,
  maxRetries: 0,
});

/** Runs the command line in this process; answers how it failed, if it did. */
async function run(args: string[]): Promise<unknown> {
  const program = createProgram('0.0.0', { json: true }).configureOutput({
    writeOut: () => {},
    writeErr: () => {},
  });
  for (const command of program.commands) command.copyInheritedSettings(program);
  try {
    await program.parseAsync(args, { from: 'user' });
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Success, or a failure that people are told about in one line. */
const documented = expect.toSatisfy(
  (error: unknown) =>
    error === undefined || error instanceof CliError || error instanceof CommanderError,
);

/** A home of its own, without settings: no command reaches the network. */
async function makeHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'pkce-cli-fuzz-'));
  vi.stubEnv('XDG_STATE_HOME', home);
  vi.stubEnv('WORKOS_CLIENT_ID', '');
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const writeError = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    write.mockRestore();
    writeError.mockRestore();
    await rm(home, { recursive: true });
  });
  const profiles = join(home, 'pkce-cli', 'profiles');
  await mkdir(profiles, { recursive: true });
  return profiles;
}

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string());

test('node/public-client: whatever is typed, it works or is one of the documented failures [fuzz/input]', async () => {
  await makeHome();
  const known = [
    'login',
    'logout',
    'whoami',
    'token',
    'api',
    'org',
    'list',
    'switch',
    'sessions',
    'completion',
    '__complete',
    'bash',
    '--json',
    '--profile',
    '-p',
    '--device',
    '--manual',
    '--timeout',
    '--port',
    '--storage',
    'file',
    '--all',
    '--local',
    '-X',
    '-d',
    '--',
    '-',
    '',
    '/api/me',
    '--help',
    '--version',
    '__proto__',
    'constructor',
  ];
  const args = fc.array(fc.oneof(fc.constantFrom(...known), text), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(args, async (words) => {
      expect(await run(words)).toEqual(documented);
    }),
    // Once seen: it waited for its input, of somebody who was not signed in.
    { numRuns: 500, examples: [[['api', '/api/me', '-d', '-']]] },
  );
});

const SESSION = {
  baseUrl: 'http://127.0.0.1:9',
  clientId: 'client_1',
  user: { id: 'user_1', email: 'ada@acme.test', firstName: 'Ada', lastName: null },
  sessionId: 'session_1',
  organizationId: null,
  role: null,
  permissions: [],
  impersonator: null,
  signedInAt: 1,
  // Live for ever: a refresh would try for seconds to reach WorkOS.
  obtainedAt: 1,
  expiresAt: Date.UTC(9999),
};
const STORED = {
  version: 1,
  storage: 'file',
  session: SESSION,
  tokens: { accessToken: 'a', refreshToken: 'b' },
};

test('node/public-client: whatever is in the stored file, commands work or say that it is damaged [fuzz/input]', async () => {
  const profiles = await makeHome();
  const env = {
    WORKOS_CLIENT_ID: SESSION.clientId,
    WORKOS_API_HOSTNAME: '127.0.0.1',
    WORKOS_API_PORT: '9',
    WORKOS_API_HTTPS: 'false',
    WORKER_URL: 'http://127.0.0.1:9',
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const anything = fc.oneof(fc.jsonValue(), fc.constantFrom('file', 'keychain', 1, null, {}));
  /** A good file in which one field is something else, or missing. */
  const changed = (value: object): fc.Arbitrary<unknown> =>
    fc.constantFrom(...Object.keys(value).filter((key) => !key.endsWith('At'))).chain((key) => {
      const field = (value as Record<string, unknown>)[key];
      const inner =
        typeof field === 'object' && field !== null && Object.keys(field).length > 0
          ? fc.oneof(changed(field), anything)
          : anything;
      return inner.map((other) => ({ ...value, [key]: other }));
    });
  const content = fc.oneof(
    changed(STORED).map((value) => JSON.stringify(value)),
    changed({
      ...STORED,
      storage: 'keychain',
      tokens: undefined,
      sealed: { iv: '', tag: '', data: '' },
    }).map((value) => JSON.stringify(value)),
    fc.json(),
    text,
  );
  await fc.assert(
    fc.asyncProperty(
      content,
      fc.constantFrom('whoami', 'token', 'sessions', 'logout --local', 'org list'),
      async (stored, command) => {
        await writeFile(join(profiles, 'default.json'), stored);
        expect(await run(command.split(' '))).toEqual(documented);
      },
    ),
    { numRuns: 500 },
  );
});

test('node/pkce-automatic: whatever knocks at the loopback address, the sign-in still waits, and ends well [attack/loopback] [fuzz/input]', async () => {
  const loopback = await openLoopback();
  onTestFinished(() => loopback.close());
  const { host, hostname, port } = new URL(loopback.redirectUri);
  loopback.begin('https://api.workos.com/', 'right');
  const waiting = loopback.wait(new AbortController().signal);

  /** Sends bytes as they are, and waits until the other side has had enough. */
  const knock = (bytes: string) =>
    new Promise<void>((resolve) => {
      const socket = connect({ host: hostname, port: Number(port) }, () =>
        socket.end(bytes, 'latin1'),
      );
      socket
        .on('data', () => {})
        .on('error', () => {})
        .once('close', () => resolve());
    });
  const path = fc.oneof(
    fc.constantFrom(
      '//',
      '///',
      '/\\',
      '*',
      'http://',
      '/callback?state=%',
      '/callback?state=right%00',
      '//callback?state=right',
    ),
    fc.string().map((value) => `/callback?state=${value}`),
    fc.webPath(),
    text,
  );
  const request = fc
    .record({
      method: fc.constantFrom('GET', 'GET', 'POST', 'OPTIONS', 'CONNECT'),
      path,
      header: text,
    })
    .map((it) => `${it.method} ${it.path} HTTP/1.1\r\nHost: ${host}\r\nX: ${it.header}\r\n\r\n`);
  await fc.assert(fc.asyncProperty(fc.oneof(request, text), knock), { numRuns: 300 });

  const page = fetch(`${loopback.redirectUri}?code=good&state=right`);
  const { params, answer } = await waiting;
  expect(params.get('code')).toBe('good');
  await answer({ title: 'Done', text: '' });
  expect((await page).status).toBe(200);
});

test('node/pkce-manual, node/custom-scheme: whatever is pasted or opened, it is refused or ignored, and nothing is asked of WorkOS [fuzz/input]', async () => {
  const redirectUri = 'myapp://callback';
  const pending = await beginManualSignIn(workos, redirectUri);
  const deepLinks = createDeepLinkSignIn(workos, redirectUri);
  await deepLinks.begin();
  const address = fc.oneof(
    text,
    fc.webUrl(),
    fc.webQueryParameters().map((query) => `${redirectUri}?${query}`),
    text.map((state) => `${redirectUri}?code=x&state=${encodeURIComponent(state)}`),
  );
  await fc.assert(
    fc.asyncProperty(address, async (value) => {
      const failed = await finishManualSignIn(workos, pending, value).catch(
        (error: unknown) => error,
      );
      expect(failed).toBeInstanceOf(CliError);
      expect(await deepLinks.finish(value)).toBeNull();
    }),
    { numRuns: 500 },
  );
});
