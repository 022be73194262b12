import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'workos-mock/playwright';
import { MOCK_PORT, WORKER } from './addresses.ts';

const bin = fileURLToPath(new URL('../apps/pkce-cli/bin/pkce-cli.js', import.meta.url));

test('node/public-refresh: the command signs in through a browser and calls the API', async ({
  page,
  person,
}) => {
  const home = await mkdtemp(join(tmpdir(), 'journey-'));
  const run = (args: string[]) => {
    const child = spawn(process.execPath, [bin, ...args], {
      env: {
        PATH: process.env.PATH ?? '',
        HOME: home,
        XDG_STATE_HOME: join(home, 'state'),
        // No browser of its own: it prints the address, and this journey opens it.
        BROWSER: 'none',
        WORKOS_CLIENT_ID: 'client_mock',
        WORKOS_API_HOSTNAME: 'localhost',
        WORKOS_API_PORT: String(MOCK_PORT),
        WORKOS_API_HTTPS: 'false',
        WORKER_URL: WORKER,
      },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ended = new Promise<{ code: number | null; output: string }>((resolve) => {
      child.once('exit', (code) => resolve({ code, output }));
    });
    return { ended, output: () => output };
  };

  try {
    const login = run(['login', '--no-browser']);
    await expect.poll(login.output).toMatch(/http:\/\/127\.0\.0\.1:\d+\/\S*/);
    const [address = ''] = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(login.output()) ?? [];
    await page.goto(address);
    await page.getByLabel('E-mail address').fill(person.email);
    await page.getByLabel('Password').fill(person.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('heading')).toBeVisible();
    expect((await login.ended).code).toBe(0);

    const me = await run(['api', '/api/me']).ended;
    expect(me.code, me.output).toBe(0);
    expect(me.output).toContain(person.organization.id);
    const list = await run(['org', 'list']).ended;
    expect(list.code, list.output).toBe(0);
    expect(list.output).toContain(person.organization.name);
  } finally {
    await rm(home, { recursive: true });
  }
});
