import { decodeJwt, decodeProtectedHeader } from 'jose';
import { createControl, type MockControl } from '../src/control-client.ts';
import { expect, test as base, type TestMock } from '../src/vitest.ts';
import { sdk } from './sdk.ts';

const AUTHENTICATE = 'POST /user_management/authenticate';
const JWKS = 'GET /sso/jwks/:clientId';

/** The control of one mock by both of its doors; a test that takes it is written once and runs for each. */
const test = base.extend(
  'controlBy',
  async ({ workos }) =>
    (door: 'process' | 'HTTP'): MockControl =>
      door === 'process' ? workos : createControl(fetch, workos.url),
);
const doors = ['process', 'HTTP'] as const;

/** What a client sees of the keys. */
async function askForKeys(workos: TestMock): Promise<string> {
  const response = await fetch(`${workos.url}/sso/jwks/client_mock`).catch(() => null);
  if (!response) return 'no connection';
  const text = await response.text();
  if (text === '') return `${response.status}, empty`;
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  if (!isJson) return `${response.status}, HTML`;
  try {
    JSON.parse(text);
    return `${response.status}, JSON`;
  } catch {
    return `${response.status}, broken JSON`;
  }
}

for (const door of doors) {
  test.for<[string, (control: MockControl) => Promise<void>, string]>([
    ['failNext 503', (control) => control.failNext(JWKS, { status: 503 }), '503, JSON'],
    [
      'failNext 502',
      (control) => control.failNext(JWKS, { status: 502, body: '<h1>Bad Gateway</h1>' }),
      '502, HTML',
    ],
    ['delayNext 5 ms', (control) => control.delayNext(JWKS, { milliseconds: 5 }), '200, JSON'],
    ['dropNext before the change', (control) => control.dropNext(JWKS), 'no connection'],
    [
      'dropNext after the change',
      (control) => control.dropNext(JWKS, { after: true }),
      'no connection',
    ],
    ['garbleNext html', (control) => control.garbleNext(JWKS, 'html'), '502, HTML'],
    [
      'garbleNext truncated',
      (control) => control.garbleNext(JWKS, 'truncated'),
      '200, broken JSON',
    ],
    ['garbleNext empty', (control) => control.garbleNext(JWKS, 'empty'), '200, empty'],
  ])(`%s, set by ${door}, strikes once`, async ([fault, set, seen], { workos, controlBy }) => {
    const control = controlBy(door);
    await set(control);
    expect(await control.faults()).toMatchObject([{ description: `${fault} on ${JWKS}, 1 more` }]);
    await expect(control.verify()).rejects.toThrow(`this fault never struck: ${fault} on ${JWKS}`);
    expect(await askForKeys(workos)).toBe(seen);
    expect(await askForKeys(workos)).toBe('200, JSON');
    const logged = await control.requests({ endpoint: JWKS });
    expect(logged.map((request) => request.fault)).toEqual([fault, null]);
    await control.verify();
  });

  test.for(['user', 'session', 'grantType', 'times'] as const)(
    `a fault set by ${door} is aimed by %s`,
    async (aim, { workos, controlBy }) => {
      const control = controlBy(door);
      const ada = await control.signIn({ email: 'ada@acme.test' });
      const other = await control.signIn({ email: 'linus@hey.test' });
      const refresh = async ({ refreshToken }: { refreshToken: string }) => {
        const { userManagement } = sdk(workos);
        const answer = userManagement.authenticateWithRefreshToken({ refreshToken });
        return answer.then(
          () => 200,
          (error: { status: number }) => error.status,
        );
      };
      const scope = {
        user: { user: ada.user.id },
        session: { session: ada.sessionId },
        grantType: { grantType: 'refresh_token' },
        times: { times: 2, user: ada.user.id },
      }[aim];
      await control.failNext(AUTHENTICATE, { status: 500 }, scope);
      if (aim === 'grantType') {
        const { userManagement } = sdk(workos);
        await userManagement.authenticateWithPassword({
          email: 'eve@acme.test',
          password: 'password',
        });
      } else {
        expect(await refresh(other)).toBe(200);
      }
      expect(await refresh(ada)).toBe(500);
      expect(await refresh(ada)).toBe(aim === 'times' ? 500 : 200);
      expect(await refresh(ada)).toBe(200);
    },
  );

  test(`a chance set by ${door} is the same each time for a seed`, async ({
    workos,
    controlBy,
  }) => {
    const control = controlBy(door);
    const draw = async () => {
      const scope = { times: 100, probability: 0.5, seed: 42 };
      await control.failNext(JWKS, { status: 503 }, scope);
      const seen = [];
      for (let i = 0; i < 12; i++) seen.push(await askForKeys(workos));
      await control.clearFaults();
      return seen;
    };
    const first = await draw();
    expect(new Set(first)).toEqual(new Set(['200, JSON', '503, JSON']));
    expect(await draw()).toEqual(first);
  });

  test(`who watches by ${door} is told of faults of their own and of what the mock lacks`, async ({
    workos,
    controlBy,
  }) => {
    const control = controlBy(door);
    const neighbour = createControl(fetch, workos.url);
    await fetch(`${workos.url}/radar/before`, { method: 'POST' });
    const finish = await control.watch();
    const hasStruck = { times: 2 };
    await control.failNext(JWKS, { status: 503 }, hasStruck);
    await neighbour.dropNext('GET /organizations');
    await control.garbleNext('GET /events', 'html');
    await askForKeys(workos);
    await fetch(`${workos.url}/radar/attempts`, { method: 'POST' });
    await control.createUser({ email: 'watched@example.test' });

    const { problems, requests, events } = await finish();

    expect(problems).toEqual([
      'this fault never struck: garbleNext html on GET /events',
      'the mock has no such endpoint: POST /radar/attempts',
    ]);
    expect(requests.map(({ path }) => path)).toEqual(['/sso/jwks/client_mock', '/radar/attempts']);
    expect(events.map(({ event }) => event)).toEqual(['user.created']);
    // What is left is the neighbour's, struck or not.
    expect(await control.faults()).toMatchObject([
      { description: expect.stringContaining('GET /organizations') },
    ]);
    expect(await (await control.watch())()).toEqual({ problems: [], requests: [], events: [] });
    await workos.reset();
  });

  test(`who clears faults by ${door} leaves those of others on`, async ({ workos, controlBy }) => {
    const control = controlBy(door);
    const neighbour = createControl(fetch, workos.url);
    await control.dropNext(JWKS);
    await neighbour.failNext(JWKS, { status: 503 });
    await control.clearFaults();
    expect(await askForKeys(workos)).toBe('503, JSON');
  });

  test(`a session ends, keys rotate and second factors are asked for by ${door}`, async ({
    workos,
    controlBy,
  }) => {
    const control = controlBy(door);
    const { userManagement } = sdk(workos);
    for (const [end, message] of [
      [control.revokeSession, 'Session has already ended'],
      [control.expireSession, 'Session has expired'],
    ] as const) {
      const { sessionId, refreshToken } = await control.signIn({ email: 'ada@acme.test' });
      await end(sessionId);
      await expect(userManagement.authenticateWithRefreshToken({ refreshToken })).rejects.toThrow(
        message,
      );
    }
    const kid = await control.rotateKeys();
    await control.setAccessTokenLifetime({ seconds: 20 });
    const { accessToken } = await control.signIn({ email: 'ada@acme.test' });
    expect(decodeProtectedHeader(accessToken)).toMatchObject({ kid });
    const { iat = 0, exp } = decodeJwt(accessToken);
    expect(exp).toBe(iat + 20);
    const password = { email: 'linus@hey.test', password: 'password' };
    await control.requireMfa();
    await expect(userManagement.authenticateWithPassword(password)).rejects.toMatchObject({
      rawData: { code: 'mfa_enrollment' },
    });
    await control.requireMfa(false);
    await userManagement.authenticateWithPassword(password);
  });
}

test.for<[string, string, object, string]>([
  [
    'an endpoint that is mistyped',
    'faults/add',
    { endpoint: 'GET /nope', effect: { kind: 'drop', after: true } },
    '"GET /nope" is not an endpoint of the mock',
  ],
  [
    'a status that is none',
    'faults/add',
    { endpoint: JWKS, effect: { kind: 'fail', status: 42 } },
    'effect.status',
  ],
  [
    'a delay backwards',
    'faults/add',
    { endpoint: JWKS, effect: { kind: 'delay', milliseconds: -1 } },
    'effect.milliseconds',
  ],
  [
    'an effect that is none',
    'faults/add',
    { endpoint: JWKS, effect: { kind: 'explode' } },
    'effect.kind',
  ],
  [
    'a count of zero',
    'faults/add',
    { endpoint: JWKS, effect: { kind: 'drop', after: true }, scope: { times: 0 } },
    'scope.times',
  ],
  [
    'a chance above one',
    'faults/add',
    { endpoint: JWKS, effect: { kind: 'drop', after: true }, scope: { probability: 2 } },
    'scope.probability',
  ],
  [
    'an aim that is mistyped',
    'faults/add',
    { endpoint: JWKS, effect: { kind: 'drop', after: true }, scope: { usr: 'x' } },
    'Unrecognized key: "usr"',
  ],
  [
    'an address for an id',
    'faults/add',
    { endpoint: JWKS, effect: { kind: 'drop', after: true }, scope: { user: 'ada@acme.test' } },
    'scope.user: there is no user "ada@acme.test"; it takes an id.',
  ],
  [
    'a session that is none',
    'faults/add',
    { endpoint: JWKS, effect: { kind: 'drop', after: true }, scope: { session: 'x' } },
    'scope.session: there is no session "x"',
  ],
  [
    'time backwards',
    'clock/advance',
    { minutes: -1 },
    'clock.advance takes a duration of zero or more',
  ],
  [
    'time beyond its end',
    'clock/advance',
    { days: 1e8 },
    'clock.advance leads beyond the end of time',
  ],
  ['a token that never lives', 'tokens/lifetime', {}, 'An access token lives one second at least.'],
  [
    'a session that is over and gone',
    'sessions/revoke',
    { session: 'session_x' },
    'There is no session "session_x".',
  ],
  [
    'nobody’s sign-in',
    'sign-in',
    { email: 'nobody@acme.test' },
    'Nobody has the e-mail address "nobody@acme.test".',
  ],
  ['a seed with a mistake', 'reset', { seed: { users: [{}] } }, 'users[0].email'],
  [
    'an operation that is none',
    'explode',
    {},
    'There is no operation "explode"; there are: clock/now',
  ],
])('the control API says what is wrong: %s', async ([, operation, body, message], { workos }) => {
  const response = await fetch(`${workos.url}/_mock/${operation}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(operation === 'explode' ? 404 : 400);
  expect(await response.json()).toMatchObject({ message: expect.stringContaining(message) });
  expect(await workos.faults()).toEqual([]);
});

test.for<[string, Record<string, string>, number]>([
  ['a page of another site', { 'sec-fetch-site': 'cross-site' }, 403],
  ['a page of another port', { 'sec-fetch-site': 'same-site' }, 403],
  ['a form, which needs no permission to be sent', { 'content-type': 'text/plain' }, 415],
  ['the inspector', { 'sec-fetch-site': 'same-origin' }, 200],
])('the control API and %s [attack/mock-exposed]', async ([, headers, status], { workos }) => {
  const response = await fetch(`${workos.url}/_mock/reset`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{}',
  });
  expect(response.status).toBe(status);
});
