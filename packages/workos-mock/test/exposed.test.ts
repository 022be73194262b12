import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { decodeProtectedHeader } from 'jose';
import { expect, test as base } from 'vitest';
import { createWorkosMock } from '../src/mock.ts';
import { listen } from '../src/node.ts';

const test = base.extend('port', async ({}, { onCleanup }) => {
  const { port, close } = await listen(createWorkosMock().fetch);
  onCleanup(close);
  return port;
});

/** What a request may say that it was sent to; a name that an attacker points at this machine is not among it. */
const HOSTS: [host: string, status: number][] = [
  ['localhost', 200],
  ['LOCALHOST:4100', 200],
  ['127.0.0.1:4100', 200],
  ['[::1]:4100', 200],
  ['app.localhost:4100', 200],
  ['evil.example', 403],
  ['evil.example:4100', 403],
  ['localhost.evil.example', 403],
  ['127.0.0.1.evil.example', 403],
  ['evil.example#.localhost', 403],
  ['evil.example/.localhost', 403],
  ['localhost@evil.example', 403],
  ['evil-localhost', 403],
  ['localhost:4100.evil.example', 403],
  ['0.0.0.0:4100', 403],
  ['192.168.1.5:4100', 403],
  ['2130706433', 403],
];

test.for(HOSTS)(
  'the Host "%s" is answered with %i [attack/mock-exposed]',
  async (row, { port }) => {
    const [host, status] = row;
    for (const path of ['/health', '/_mock/people', '/user_management/users']) {
      const answered = await new Promise<number>((resolve, reject) => {
        get({ port, host: '127.0.0.1', path, headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode!);
        }).on('error', reject);
      });
      expect(answered === 403).toBe(status === 403);
    }
  },
);

test('no other machine reaches it: only loopback is open [attack/mock-exposed]', async ({
  port,
}) => {
  const addresses = Object.values(networkInterfaces())
    .flatMap((found) => found ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
  const isOpen = (host: string) =>
    new Promise<boolean>((resolve) => {
      const socket = connect({ port, host, timeout: 10_000 });
      for (const event of ['connect', 'error', 'timeout'] as const) {
        socket.once(event, () => {
          socket.destroy();
          resolve(event === 'connect');
        });
      }
    });
  expect(await isOpen('127.0.0.1')).toBe(true);
  // Another address of the loopback network stands for one that is not listened on.
  for (const address of ['127.0.0.2', ...addresses]) expect(await isOpen(address)).toBe(false);
});

/** How a web page of another site would call the control API. */
const PAGES: [how: string, headers: Record<string, string>, status: number][] = [
  ['a fetch', { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' }, 403],
  ['a sister domain', { 'content-type': 'application/json', 'sec-fetch-site': 'same-site' }, 403],
  ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ['a fetch without preflight', { 'content-type': 'text/plain' }, 415],
];

test.for(PAGES)(
  '%s of a web page does not control it [attack/mock-exposed]',
  async (row, { port }) => {
    const [, headers, status] = row;
    const init = { method: 'POST', headers, body: '{}' };
    const response = await fetch(`http://localhost:${port}/_mock/reset`, init);
    expect(response.status).toBe(status);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  },
);

test('what it signs and where it sends people says mock [attack/mock-exposed]', async () => {
  const { accessToken } = await createWorkosMock().signIn({ email: 'ada@acme.test' });
  expect(decodeProtectedHeader(accessToken).kid).toContain('mock');
  const { iss } = JSON.parse(atob(accessToken.split('.')[1]!)) as { iss: string };
  expect(iss).toBe('http://localhost:4100/user_management/client_mock');
});

test('the command does not start in production, unless it is forced [attack/mock-exposed]', async () => {
  const command = fileURLToPath(new URL('../bin/workos-mock.js', import.meta.url));
  const start = (...args: string[]) =>
    spawn(process.execPath, [command, '--port', '0', '--json', ...args], {
      env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production' },
    });
  const refused = start();
  const [[code], message] = await Promise.all([once(refused, 'exit'), text(refused.stderr)]);
  expect(code).toBe(1);
  expect(message).toMatch(/^workos-mock: NODE_ENV is production.*--force\.\n$/);
  const forced = start('--force');
  const [line] = (await once(forced.stdout, 'data')) as [Buffer];
  expect(JSON.parse(line.toString())).toHaveProperty('url');
  forced.kill();
});
