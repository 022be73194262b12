import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { spawn as spawnTerminal } from '@lydell/node-pty';
import { onTestFinished } from 'vitest';
import { bin, type Cli, expect, test } from './command.ts';

/** The command in a pseudo-terminal: what a person sees, and what they type. */
function openTerminal(cli: Cli, args: string[], env: Record<string, string> = {}) {
  const terminal = spawnTerminal(process.execPath, [bin, ...args], {
    cols: 200,
    cwd: cli.home,
    env: { ...cli.env, TERM: 'xterm-256color', ...env },
  });
  let screen = '';
  terminal.onData((text) => (screen += text));
  const ended = new Promise<number>((resolve) => {
    terminal.onExit(({ exitCode }) => resolve(exitCode));
  });
  onTestFinished(() => {
    terminal.kill();
  });
  return {
    type: (text: string) => terminal.write(text),
    screen: () => screen,
    shows: async (pattern: RegExp): Promise<string> => {
      await expect.poll(() => screen, { timeout: 10_000 }).toMatch(pattern);
      return pattern.exec(screen)?.[1] ?? '';
    },
    ended,
  };
}

test('node/pkce-manual: the address is pasted into the prompt', async ({ cli }) => {
  const args = ['login', '--manual', '--hint', 'ada@acme.test', '--storage', 'file'];
  const { shows, type, ended, screen } = openTerminal(cli, args);
  const url = await shows(/(http:\S+authorize\?\S+)/);
  await shows(/Paste the address here: /);
  const address = (await fetch(url, { redirect: 'manual' })).headers.get('location')!;
  type(`${address}\r`);
  expect(await ended).toBe(0);
  expect(screen()).toContain('Signed in as ada@acme.test');
  expect(await cli.run(['token'])).toMatchObject({ code: 0 });
});

test('node/pkce-manual: Ctrl-C and Ctrl-D at the prompt end it', async ({ cli }) => {
  for (const [key, code] of [
    ['\u0003', 130],
    ['\u0004', 2],
  ] as const) {
    const { shows, type, ended } = openTerminal(cli, ['login', '--manual', '--storage', 'file']);
    await shows(/Paste the address here: /);
    type(key);
    expect(await ended).toBe(code);
  }
});

test('node/pkce-manual: without a terminal the address comes through a pipe', async ({ cli }) => {
  const args = ['login', '--manual', '--storage', 'file'];
  const nothing = await cli.run(args, { input: '' });
  expect(nothing).toMatchObject({ code: 2, stdout: '' });
  const wrong = await cli.run(args, { input: 'http://127.0.0.1/callback?code=a&state=b\n' });
  expect(wrong).toMatchObject({ code: 5 });
  expect(wrong.stderr).toContain('another sign-in');
});

test('node/public-refresh: org switch asks which one, again until it is one of them', async ({
  cli,
}) => {
  const organizations = [
    { id: 'org_acme', name: 'Acme' },
    { id: 'org_globex', name: 'Globex' },
  ];
  const server = createServer((_request, response) =>
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ organizations })),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  await cli.signIn('grace@acme.test');
  const env = { WORKER_URL: `http://127.0.0.1:${port}` };
  const { shows, type, ended, screen } = openTerminal(cli, ['org', 'switch'], env);
  await shows(/2 {2}Globex \(org_globex\)[\s\S]*Organization \[1-2\]: /);
  type('7\r');
  await shows(/one of the numbers/);
  type('2\r');
  expect(await ended).toBe(0);
  expect(screen()).toContain('You are in org_globex as admin.');
  expect(await cli.run(['org', 'switch'])).toMatchObject({ code: 2 });
});

test('node/public-refresh: an answer of the API commands no terminal', async ({ cli }) => {
  const forged = 'Ada\u009B2J\u009D52;c;eA==\u009C\u007F';
  const server = createServer(({ url }, response) => {
    response.setHeader('content-type', url === '/json' ? 'application/json' : 'text/plain');
    response.end(url === '/json' ? JSON.stringify({ forged }) : forged);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  await cli.signIn('ada@acme.test');
  const env = { WORKER_URL: `http://127.0.0.1:${port}` };
  for (const [path, shown] of [
    ['/json', /"Ada\\u009b2J\\u009d52;c;eA==\\u009c\\u007f"/],
    ['/text', /Ada�2J�52;c;eA==��/],
  ] as const) {
    const { shows, screen, ended } = openTerminal(cli, ['api', path], env);
    await shows(shown);
    expect(await ended).toBe(0);
    expect(screen()).not.toMatch(/[\u007F-\u009F]/);
  }
});

test('node/pkce-automatic: a terminal shows that it waits; NO_COLOR takes the colours away', async ({
  cli,
}) => {
  const wait = openTerminal(cli, ['login', '--no-browser', '--storage', 'file']);
  await wait.shows(/⠋ Waiting for you to sign in[\s\S]*⠙ Waiting/);
  wait.type('\u0003');
  expect(await wait.ended).toBe(130);

  const coloured = openTerminal(cli, ['whoami']);
  expect(await coloured.ended).toBe(3);
  await expect.poll(coloured.screen).toContain('\u001B[31merror');
  const plain = openTerminal(cli, ['whoami'], { NO_COLOR: '1' });
  expect(await plain.ended).toBe(3);
  await plain.shows(/error You are not signed in/);
  expect(plain.screen()).not.toContain('\u001B[3');
});

test('node/public-client: bash completes commands, options and profiles', async ({ cli }) => {
  await cli.signIn('ada@acme.test', ['--profile', 'work']);
  const shell = spawnTerminal('bash', ['--noprofile', '--norc'], {
    cwd: cli.home,
    env: { ...cli.env, PS1: '$ ', TERM: 'dumb' },
  });
  onTestFinished(() => {
    shell.kill();
  });
  let screen = '';
  shell.onData((text) => (screen += text));
  shell.write(`pkce-cli() { "${process.execPath}" "${bin}" "$@"; }\r`);
  shell.write('source <(pkce-cli completion bash); echo rea""dy\r');
  await expect.poll(() => screen, { timeout: 10_000 }).toContain('ready\r');
  shell.write('pkce-cli tok\t');
  await expect.poll(() => screen, { timeout: 10_000 }).toMatch(/pkce-cli token $/);
  shell.write('--prof\twor\t; echo do""ne\r');
  await expect.poll(() => screen, { timeout: 10_000 }).toContain('--profile work');
});
