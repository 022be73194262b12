import { unsealData } from 'iron-session';
import { afterEach, vi } from 'vitest';
import { createWorkosMock } from 'workos-mock';
import { listen } from 'workos-mock/node';
import { expect, test } from 'workos-mock/vitest';
import { handedOn, visit } from '../test/visit';

// Version 3 has each request refresh for itself, and this app leaves it so. What that comes to is pinned here; nextjs-proxy shows
// one refresh for all of them.

/** How many times eight requests meet an expired session at once; `ROUNDS=1000 vitest run refresh-race` for certainty. */
const ROUNDS = Number(process.env.ROUNDS || 6);
if (!Number.isInteger(ROUNDS) || ROUNDS < 1) throw new Error('ROUNDS must be 1, 2, 3, …');
const patient = { timeout: 30_000 + ROUNDS * 500 };
const AUTHENTICATE = 'POST /user_management/authenticate';
const expired = { email: 'ada@acme.test', tokenAge: { minutes: 6 } };
/** How long WorkOS takes a used refresh token again, in seconds, as it documents it. */
const GRACE = 10;

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** The session cookie that an answer leaves in the browser: '' when it deletes it, undefined when it says nothing about it. */
const sessionIn = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((line) => /^wos-session=([^;]*)/.exec(line)?.[1])
    .findLast((value) => value !== undefined);

/** A server that has just started: a module graph of its own. */
async function startServer(): Promise<typeof visit> {
  vi.resetModules();
  return (await import('../test/visit')).visit;
}

/**
 * Lets eight requests at once meet an expired session, again and again. The servers take turns; when there are several, the second
 * is restarted midway.
 *
 * @param refreshGrace How long the mock honours a refresh token that was exchanged, in seconds.
 * @returns What came of a round, each outcome once.
 */
async function race(refreshGrace: number, instances: number): Promise<string[]> {
  const mock = createWorkosMock({ refreshGrace });
  const { port, close } = await listen(mock.fetch);
  vi.stubEnv('WORKOS_API_PORT', String(port));
  const servers = [await startServer()];
  while (servers.length < instances) servers.push(await startServer());
  const ask = (turn: number, session: string) =>
    servers[turn % instances]!('/account', { 'wos-session': session });
  const outcomes = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    if (instances > 1 && round === ROUNDS >> 1) servers[1] = await startServer();
    const { cookies } = await mock.signIn(expired);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => ask(i, cookies['wos-session'] ?? '')),
    );
    const refreshes = (await mock.requests({ endpoint: AUTHENTICATE })).length;
    const letThrough = answers.filter(({ headers }) => headers.get('x-middleware-next') === '1');
    const signedOut = answers.filter(
      (answer) => sessionIn(answer) === '' && answer.headers.has('location'),
    );
    // What one server has given, the next one takes, and neither refreshes it again.
    const next = await Promise.all(
      letThrough.map((answer, i) => ask(i + 1, sessionIn(answer) ?? '')),
    );
    for (const answer of next) {
      expect(answer.headers.get('x-middleware-next')).toBe('1');
      expect(sessionIn(answer)).toBeUndefined();
    }
    outcomes.add(
      `${refreshes} refreshes, ${letThrough.length} let through, ${signedOut.length} signed out`,
    );
    await mock.clearRequests();
  }
  await close();
  return [...outcomes];
}

test(
  'trap/refresh-race: eight requests at once are eight refreshes, and with the documented grace period all are let through [load/refresh-race]',
  patient,
  async () => {
    expect(await race(GRACE, 1)).toEqual(['8 refreshes, 8 let through, 0 signed out']);
  },
);

// Which answer comes last is chance, and it is what the browser is left with: in 195 of 300 rounds it took the cookie away, with
// two servers in 244.
test(
  'trap/refresh-race: without a grace period one of eight requests is let through, and the seven others delete the cookie [load/refresh-race]',
  patient,
  async () => {
    expect(await race(0, 1)).toEqual(['8 refreshes, 1 let through, 7 signed out']);
  },
);

test(
  'ask/two-instances: two servers behind a balancer, one restarted midway, share every session with the documented grace period [load/two-instances]',
  patient,
  async () => {
    expect(await race(GRACE, 2)).toEqual(['8 refreshes, 8 let through, 0 signed out']);
  },
);

test(
  'ask/two-instances: without a grace period two servers lose what one does, seven answers of eight [load/two-instances]',
  patient,
  async () => {
    expect(await race(0, 2)).toEqual(['8 refreshes, 1 let through, 7 signed out']);
  },
);

test('trap/refresh-race: 50 requests at once, of every kind, are 50 refreshes; all are let through, and whichever cookie the browser keeps goes on [fault/concurrent-refresh]', async ({
  workos,
}) => {
  const ada = await workos.signIn(expired);
  const paths = ['/', '/account', '/sign-in', '/callback', '/not-there'];
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, i) => visit(`${paths[i % paths.length]}?${i}`, ada.cookies)),
  );
  for (const answer of answers) {
    expect(answer.headers.get('x-middleware-next')).toBe('1');
    expect(answer).toSetSessionCookie();
  }
  expect(await workos.requests({ endpoint: AUTHENTICATE })).toHaveLength(50);
  const password = process.env.WORKOS_COOKIE_PASSWORD ?? '';
  const sessions = await Promise.all(
    answers.map((answer) =>
      unsealData<{ refreshToken: string }>(sessionIn(answer) ?? '', { password }),
    ),
  );
  const [refreshToken, ...others] = new Set(sessions.map((session) => session.refreshToken));
  expect(others).toEqual([]);
  expect(refreshToken).not.toBe(ada.refreshToken);
  await workos.clock.advance({ minutes: 6 });
  expect(
    await visit('/account', { 'wos-session': sessionIn(answers[0]!) ?? '' }),
  ).toSetSessionCookie();
});

test('trap/refresh-race: an outage that strikes three of eight requests deletes the cookie in three answers, though the session lives [fault/concurrent-refresh]', async ({
  workos,
}) => {
  const ada = await workos.signIn(expired);
  await workos.failNext(AUTHENTICATE, { status: 503 }, { times: 3 });
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => visit('/account', ada.cookies)),
  );
  expect(answers.filter((answer) => sessionIn(answer) === '')).toHaveLength(3);
  expect(answers.filter((answer) => sessionIn(answer))).toHaveLength(5);
  expect(await workos.sessions({ user: 'user_ada' })).toMatchObject([{ status: 'active' }]);
});

test('ask/refresh-race: two people at once do not get each other’s session [fault/concurrent-refresh]', async ({
  workos,
}) => {
  const password = process.env.WORKOS_COOKIE_PASSWORD ?? '';
  const emails = ['ada@acme.test', 'grace@acme.test'];
  const people = await Promise.all(emails.map((email) => workos.signIn({ ...expired, email })));
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) => visit('/account', people[i % 2]?.cookies)),
  );
  for (const [i, answer] of answers.entries()) {
    const seal = sessionIn(answer) ?? '';
    expect(handedOn(answer)['x-workos-session']).toBe(seal);
    const { user } = await unsealData<{ user: { email: string } }>(seal, { password });
    expect(user.email).toBe(emails[i % 2]);
  }
});
