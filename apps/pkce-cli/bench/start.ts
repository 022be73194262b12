import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareWrite, type Session } from '../src/credential-store.ts';

/** How long a start takes, beside a Node.js that does nothing; the measurements take turns, so that they share the weather. */
const ROUNDS = 41;
/** What the command may take at most, in starts of a Node.js that does nothing. */
const BUDGET = 3;

const home = await mkdtemp(join(tmpdir(), 'pkce-cli-bench-'));
process.env.XDG_STATE_HOME = join(home, 'state');
const now = Date.now();
const session: Session = {
  baseUrl: 'http://localhost:9',
  clientId: 'client_mock',
  user: { id: 'user_ada', email: 'ada@acme.test', firstName: 'Ada', lastName: 'Lovelace' },
  sessionId: 'session_01',
  organizationId: 'org_acme',
  role: 'admin',
  permissions: ['posts:read'],
  impersonator: null,
  signedInAt: now,
  obtainedAt: now,
  expiresAt: now + 3_600_000,
};
const write = await prepareWrite('default', 'file');
await write.commit(session, { accessToken: 'a.b.c', refreshToken: 'r' });

const env = {
  ...process.env,
  XDG_CACHE_HOME: join(home, 'cache'),
  WORKOS_CLIENT_ID: session.clientId,
  // Nothing listens there: a request would fail the run.
  WORKOS_API_HOSTNAME: 'localhost',
  WORKOS_API_PORT: '9',
  WORKOS_API_HTTPS: 'false',
};
const bin = join(import.meta.dirname, '..', 'bin', 'pkce-cli.js');
const subjects: Record<string, string[]> = {
  'node -e ""': ['-e', ''],
  whoami: [bin, 'whoami'],
  token: [bin, 'token'],
};

const times: Record<string, number[]> = {};
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, args] of Object.entries(subjects)) {
    const startedAt = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
    (times[name] ??= []).push(performance.now() - startedAt);
  }
}
await rm(home, { recursive: true });

const medianOf = (name: string) => times[name]!.toSorted((a, b) => a - b)[ROUNDS >> 1]!;
const floor = medianOf('node -e ""');
for (const name of Object.keys(subjects)) {
  const median = medianOf(name);
  console.log(`${name.padEnd(12)} ${median.toFixed(1)} ms  ${(median / floor).toFixed(2)}x`);
  if (median / floor > BUDGET) process.exitCode = 1;
}
