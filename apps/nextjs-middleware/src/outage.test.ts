import { vi } from 'vitest';
import { expect, test, type TestMock } from 'workos-mock/vitest';
import { type Begun, finishSignIn } from '../test/finish-sign-in';
import { inRequest } from '../test/in-request';
import { visit } from '../test/visit';
import { GET as signIn } from './app/sign-in/route';
import { GET as signUp } from './app/sign-up/route';

// What an outage of WorkOS comes to on version 3. Nothing softens it here: nextjs-proxy and nextjs-composable do. When one of
// these fails, a release has mended it.

const AUTHENTICATE = 'POST /user_management/authenticate';
const AUTHORIZE = 'GET /user_management/authorize';
const expired = { email: 'ada@acme.test', tokenAge: { minutes: 6 } };

/** Ways in which WorkOS says nothing about a session; version 3 asks once. */
const SILENCES: Record<string, (workos: TestMock) => Promise<void>> = {
  'status 500': (workos) => workos.failNext(AUTHENTICATE, { status: 500 }),
  'status 503': (workos) => workos.failNext(AUTHENTICATE, { status: 503 }),
  'status 429': (workos) =>
    workos.failNext(AUTHENTICATE, { status: 429, headers: { 'retry-after': '0' } }),
  'a cut connection': (workos) => workos.dropNext(AUTHENTICATE),
  'a gateway’s page': (workos) => workos.garbleNext(AUTHENTICATE, 'html'),
  'half an answer': (workos) => workos.garbleNext(AUTHENTICATE, 'truncated'),
  'an empty answer': (workos) => workos.garbleNext(AUTHENTICATE, 'empty'),
};

test.for(Object.entries(SILENCES))(
  'trap/html-5xx-signs-out: %s at refresh signs people out here, on public pages too, though the session lives [fault/refresh]',
  async ([, silence], { workos }) => {
    const ada = await workos.signIn(expired);
    await silence(workos);
    const page = await visit('/account', ada.cookies);
    expect(page).toRedirectToAuthKit();
    expect(page).toDeleteSessionCookie();
    await silence(workos);
    expect(await visit('/', ada.cookies)).toDeleteSessionCookie();
    expect(await workos.sessions({ user: 'user_ada' })).toMatchObject([{ status: 'active' }]);
  },
);

test('trap/api-down-blocks: a WorkOS that stays silent holds a page up for a minute here, and then the person is signed out [fault/refresh]', async ({
  workos,
}) => {
  const ada = await workos.signIn(expired);
  await workos.delayNext(AUTHENTICATE, { minutes: 2 });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const answered = vi.fn<() => void>();
  const page = visit('/account', ada.cookies).finally(answered);
  await vi.waitFor(async () => expect(await workos.faults()).toEqual([]), 10_000);
  await vi.advanceTimersByTimeAsync(55_000);
  expect(answered).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await page).toRedirectToAuthKit();
  expect(await page).toDeleteSessionCookie();
  // The mock’s own wait has its end, too.
  await vi.runAllTimersAsync();
});

/** Starts a sign-in at a link to a route, or at a page that is protected. */
async function begin(path: string, route?: typeof signIn): Promise<Begun> {
  if (route) return inRequest(path, {}, route);
  const response = await visit(path);
  expect(response).toRedirectToAuthKit();
  const [name = '', value = ''] = response.headers.getSetCookie()[0]?.split(/[=;]/) ?? [];
  return { redirect: response.headers.get('location'), cookies: { [name]: value } };
}

test.for([
  ['/account?tab=claims', undefined],
  ['/sign-in?returnTo=/account?tab=claims', signIn],
  ['/sign-up?returnTo=/account?tab=claims', signUp],
] as const)(
  'trap/api-down-blocks: while AuthKit is down %s sends the browser there all the same; to load that address again is the retry [fault/sign-in-start]',
  async ([path, route], { workos }) => {
    const start = await begin(path, route);
    // Nobody has asked whether somebody is there: the address is made up here.
    expect(await workos.requests()).toEqual([]);
    await workos.dropNext(AUTHORIZE);
    await expect(fetch(start.redirect ?? '')).rejects.toThrow('fetch failed');
    await workos.failNext(AUTHORIZE, { status: 503, body: '<h1>Service unavailable</h1>' });
    expect((await fetch(start.redirect ?? '')).status).toBe(503);
    const end = await finishSignIn(start, 'ada@acme.test');
    expect(end.location).toBe('http://localhost:3000/account?tab=claims');
    expect(end.cookies['wos-session']).toBeTruthy();
  },
);
