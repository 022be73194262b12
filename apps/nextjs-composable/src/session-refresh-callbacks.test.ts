import { authkit, type AuthkitOptions } from '@workos-inc/authkit-nextjs';
import { NextRequest } from 'next/server';
import { afterEach, vi } from 'vitest';
import { expect, test } from 'workos-mock/vitest';
import { cookieHeader, ORIGIN, visit } from '../test/visit';
import { harmless } from './session-refresh-callbacks';

const AUTHENTICATE = 'POST /user_management/authenticate';
const expired = { email: 'ada@acme.test', tokenAge: { minutes: 6 } };

afterEach(() => vi.restoreAllMocks());

test('nextjs/session-refresh-callbacks: success once, without the token [attack/leakage]', async ({
  workos,
}) => {
  const info = vi.spyOn(console, 'info').mockImplementation(() => {});
  const ada = await workos.signIn(expired);
  await visit('/account', ada.cookies);
  expect(info.mock.calls).toEqual([['session refreshed: user_ada at org_acme']]);
});

test('nextjs/session-refresh-callbacks: once for many requests', async ({ workos }) => {
  const info = vi.spyOn(console, 'info').mockImplementation(() => {});
  const ada = await workos.signIn(expired);
  await Promise.all(Array.from({ length: 8 }, () => visit('/account', ada.cookies)));
  expect(info).toHaveBeenCalledTimes(1);
});

test('nextjs/session-refresh-callbacks: nothing while the token lives', async ({ workos }) => {
  const info = vi.spyOn(console, 'info').mockImplementation(() => {});
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  await visit('/account', ada.cookies);
  expect(info).not.toHaveBeenCalled();
});

test(
  'nextjs/session-refresh-callbacks: an error once, and whether it is over',
  { timeout: 30_000 },
  async ({ workos }) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const ada = await workos.signIn(expired);
    // The SDK tries four times before it gives up.
    await workos.failNext(AUTHENTICATE, { status: 503 }, { times: 4 });
    await visit('/account', ada.cookies);
    await workos.revokeSession(ada.sessionId);
    await visit('/account', ada.cookies);
    expect(warn.mock.calls.map(([line]) => String(line).split(':')[0])).toEqual([
      'session not refreshed (in passing)',
      'session not refreshed (it is over)',
    ]);
  },
);

/** A visit to a proxy that has both callbacks and notes what each is told. */
async function tellOf(cookies: Record<string, string>) {
  const headers = { accept: 'text/html', cookie: cookieHeader(cookies) };
  const request = new NextRequest(`${ORIGIN}/account`, { headers });
  const success = vi.fn<NonNullable<AuthkitOptions['onSessionRefreshSuccess']>>();
  const error = vi.fn<NonNullable<AuthkitOptions['onSessionRefreshError']>>();
  const { session } = await authkit(request, {
    onSessionRefreshSuccess: success,
    onSessionRefreshError: error,
  });
  return { request, session, success: success.mock.calls, error: error.mock.calls };
}

test('nextjs/session-refresh-callbacks: success tells the new token, the person, who impersonates them, and the organization', async ({
  workos,
}) => {
  const impersonator = { email: 'eve@acme.test', reason: 'Ticket 42' };
  for (const options of [expired, { ...expired, impersonator }]) {
    const ada = await workos.signIn(options);
    const { session, success, error } = await tellOf(ada.cookies);
    const told = {
      accessToken: session.accessToken,
      user: expect.objectContaining({ id: 'user_ada', email: 'ada@acme.test' }),
      impersonator: 'impersonator' in options ? impersonator : undefined,
      organizationId: 'org_acme',
    };
    expect(success).toEqual([[told]]);
    expect(session.accessToken).toMatch(/^ey/);
    expect(session.accessToken).not.toBe(ada.accessToken);
    expect(error).toEqual([]);
  }
});

test(
  'nextjs/session-refresh-callbacks: an error tells what it was, of which request, and whether it is passing',
  { timeout: 30_000 },
  async ({ workos }) => {
    const ada = await workos.signIn(expired);
    await workos.failNext(AUTHENTICATE, { status: 503 }, { times: 4 });
    const passing = await tellOf(ada.cookies);
    await workos.revokeSession(ada.sessionId);
    const over = await tellOf(ada.cookies);
    for (const [{ request, success, error }, isTransient, status] of [
      [passing, true, 503],
      [over, false, 400],
    ] as const) {
      expect(success).toEqual([]);
      const told = { error: expect.objectContaining({ status }), request, isTransient };
      expect(error).toEqual([[told]]);
      expect(error[0]?.[0].request).toBe(request);
    }
  },
);

/** A refresh with one callback that fails; `run` says how. */
async function refreshWith(
  cookies: Record<string, string>,
  onSessionRefreshSuccess: AuthkitOptions['onSessionRefreshSuccess'],
) {
  const headers = { accept: 'text/html', cookie: cookieHeader(cookies) };
  const request = new NextRequest(`${ORIGIN}/account`, { headers });
  const result = await authkit(request, { onSessionRefreshSuccess });
  return { user: result.session.user?.id, lines: result.headers.getSetCookie() };
}

const fail = () => {
  throw new Error('The audit log is full.');
};

test('nextjs/session-refresh-callbacks: one that throws signs the person out, with a new session thrown away', async ({
  workos,
}) => {
  const ada = await workos.signIn(expired);
  const { user, lines } = await refreshWith(ada.cookies, fail);
  expect(user).toBeUndefined();
  const session = lines.filter((line) => line.startsWith('wos-session='));
  expect(session).toEqual([
    expect.stringMatching(/^wos-session=Fe26/),
    expect.stringMatching(/^wos-session=;.*Max-Age=0/),
  ]);
});

test.for([
  ['throws', fail],
  ['rejects', () => Promise.reject(new Error('The audit log is full.'))],
] as const)(
  'nextjs/session-refresh-callbacks: wrapped in harmless(), one that %s costs nobody the session',
  async ([, callback], { workos }) => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const ada = await workos.signIn(expired);
    const { user, lines } = await refreshWith(ada.cookies, harmless(callback));
    expect(user).toBe('user_ada');
    expect(lines).toEqual([expect.stringMatching(/^wos-session=Fe26/)]);
    expect(error).toHaveBeenCalledTimes(1);
  },
);
