import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'workos-mock/playwright';
import { env } from './environment';

/** How many sessions expire; `ROUNDS=1000 playwright test two-instances` for certainty. */
const ROUNDS = Number(process.env.ROUNDS || 8);
/** Ports that nothing else uses: other journeys, and this one again (`--repeat-each`), may run beside it. */
const portsOf = (worker: number) => [3040 + 2 * worker, 3041 + 2 * worker];

test('ask/two-instances: two servers share every session, at expiry too, while one is restarted [load/two-instances]', async ({
  person,
  workos,
}) => {
  test.setTimeout(60_000 + ROUNDS * 1_000);
  const allPorts = portsOf(test.info().parallelIndex);
  const servers = await Promise.all(allPorts.map(start));
  try {
    const half = ROUNDS >> 1;
    for (let round = 0; round < ROUNDS; round++) {
      // Midway the second is stopped, and comes back a few rounds later with an empty memory.
      if (round === half) await stop(servers.pop());
      if (round === half + (half >> 1)) servers.push(await start(allPorts[1] ?? 0));
      const ports = allPorts.slice(0, servers.length);

      const { cookies } = await workos.signIn({
        email: person.email,
        cookiePassword: env.WORKOS_COOKIE_PASSWORD,
        tokenAge: { minutes: 6 },
      });
      const atOnce = await Promise.all(
        Array.from({ length: 6 }, (_, i) =>
          visit(ports[i % ports.length] ?? 0, cookies['wos-session'] ?? ''),
        ),
      );
      for (const answer of atOnce) expect(answer, `round ${round}`).toMatchObject({ status: 200 });

      // Each new cookie is good at the other server, and costs no refresh there.
      for (const [i, { session }] of atOnce.entries()) {
        const other = ports[(i + 1) % ports.length] ?? 0;
        expect(await visit(other, session)).toEqual({ status: 200, session: '' });
      }
    }
  } finally {
    await Promise.all(servers.map(stop));
  }
});

/** One request as a browser's: the status, and the session cookie that it was given. */
async function visit(port: number, session: string) {
  const response = await fetch(`http://localhost:${port}/en/account`, {
    redirect: 'manual',
    headers: { accept: 'text/html', cookie: `wos-session=${session}` },
  });
  await response.arrayBuffer();
  const line = response.headers.getSetCookie().find((one) => one.startsWith('wos-session=')) ?? '';
  return { status: response.status, session: /^wos-session=([^;]*)/.exec(line)?.[1] ?? '' };
}

async function start(port: number): Promise<ChildProcess> {
  const server = spawn('next', ['start'], {
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: 'ignore',
  });
  await expect(async () => {
    expect((await fetch(`http://localhost:${port}/en`)).status).toBe(200);
  }).toPass({ timeout: 30_000 });
  return server;
}

async function stop(server?: ChildProcess): Promise<void> {
  if (!server) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
}
