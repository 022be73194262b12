import { inspect } from 'node:util';
import { afterEach, beforeEach, vi } from 'vitest';
import { expect, test, type TestMock } from 'workos-mock/vitest';
import { finishSignIn } from '../../../test/finish-sign-in';
import { inRequest } from '../../../test/in-request';
import { register } from '../../instrumentation';
import { GET as signIn } from '../sign-in/route';
import { GET as callback } from './route';

const AUTHENTICATE = 'POST /user_management/authenticate';
const wanted = '/account?tab=claims';
const { error, warn, log } = console;
const written = vi.fn<typeof error>();

// As in a server: what is logged has lost its fields before it is written.
beforeEach(async () => {
  written.mockClear();
  console.error = written;
  vi.stubEnv('NEXT_RUNTIME', 'nodejs');
  await register();
});
afterEach(() => {
  vi.unstubAllEnvs();
  Object.assign(console, { error, warn, log });
});

type Strike = (workos: TestMock) => Promise<void>;

/** What WorkOS may do with a code that is good; the SDK asks once. */
const FAULTS: [name: string, reason: string, strike: Strike, meanwhile?: Strike][] = [
  [
    'an HTML error page',
    'workos_unavailable',
    (workos) => workos.failNext(AUTHENTICATE, { status: 502, body: '<h1>Bad gateway</h1>' }),
  ],
  [
    'a JSON error',
    'workos_unavailable',
    (workos) => workos.failNext(AUTHENTICATE, { status: 503, body: { message: 'down' } }),
  ],
  [
    'a rate limit',
    'workos_unavailable',
    (workos) => workos.failNext(AUTHENTICATE, { status: 429, headers: { 'retry-after': '0' } }),
  ],
  ['a cut connection', 'workos_unavailable', (workos) => workos.dropNext(AUTHENTICATE)],
  [
    'an answer that is lost after the code was spent',
    'workos_unavailable',
    (workos) => workos.dropNext(AUTHENTICATE, { after: true }),
  ],
  ['an empty answer', 'workos_unavailable', (workos) => workos.garbleNext(AUTHENTICATE, 'empty')],
  [
    'half an answer',
    'workos_unavailable',
    (workos) => workos.garbleNext(AUTHENTICATE, 'truncated'),
  ],
  // As a captive portal sends it.
  [
    'an HTML page with status 200',
    'unknown',
    (workos) => workos.failNext(AUTHENTICATE, { status: 200, body: '<h1>Welcome</h1>' }),
  ],
  [
    'nothing for a minute',
    'workos_unavailable',
    async (workos) => {
      await workos.delayNext(AUTHENTICATE, { minutes: 2 });
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    },
    async (workos) => {
      await vi.waitFor(async () => expect(await workos.faults()).toEqual([]), 10_000);
      await vi.advanceTimersByTimeAsync(60_000);
    },
  ],
];

test.for(FAULTS)(
  'nextjs/middleware-to-proxy: WorkOS answers a code with %s, and there is a page, no session, and a new sign-in that works [fault/callback]',
  async ([, reason, strike, meanwhile], { workos }) => {
    const start = await inRequest(`/sign-in?returnTo=${wanted}`, {}, signIn);
    await strike(workos);
    const [end] = await Promise.all([finishSignIn(start, 'ada@acme.test'), meanwhile?.(workos)]);
    // Whatever waits still has its end: the mock spends the code when nobody listens any more.
    if (vi.isFakeTimers()) await vi.runAllTimersAsync();
    vi.useRealTimers();
    expect(end.response?.status).toBe(303);
    expect(end.location).toBe(
      `http://localhost:3000/sign-in-failed?reason=${reason}&returnTo=${encodeURIComponent(wanted)}`,
    );
    expect(end.response?.headers.get('cache-control')).toContain('no-store');
    expect(end.response?.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^wos-auth-verifier-\w+=; .*Max-Age=0/),
    ]);
    expect(end.lines).toEqual([]);

    const { searchParams } = new URL(end.callback, 'http://localhost:3000');
    const logged = inspect(written.mock.calls, { depth: 10 });
    expect(logged).toContain('[AuthKit callback error]');
    for (const secret of [
      searchParams.get('code') ?? '',
      searchParams.get('state') ?? '',
      process.env.WORKOS_API_KEY ?? '',
      process.env.WORKOS_COOKIE_PASSWORD ?? '',
    ]) {
      expect(logged).not.toContain(secret);
    }
    expect(logged).not.toMatch(/eyJ|access_token|refresh_token/);

    // The code may be spent: it is not tried again, not even when the page is loaded again.
    const again = await inRequest(end.callback, {}, callback);
    expect(again.result?.headers.get('location')).toContain('reason=missing_pkce_cookie');
    await expect.poll(() => workos.requests({ endpoint: AUTHENTICATE })).toHaveLength(1);

    const { searchParams: page } = new URL(end.location ?? '');
    const retry = await inRequest(`/sign-in?returnTo=${page.get('returnTo')}`, {}, signIn);
    const second = await finishSignIn(retry, 'ada@acme.test');
    expect(second.location).toBe(`http://localhost:3000${wanted}`);
    expect(second.cookies['wos-session']).toBeTruthy();
    expect(second.response?.headers.get('cache-control')).toContain('no-store');
  },
);
