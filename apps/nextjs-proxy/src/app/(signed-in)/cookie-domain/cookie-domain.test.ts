import { afterEach, vi } from 'vitest';
import { expect, test } from 'workos-mock/vitest';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** The session cookie as a refresh sets it, with settings that the SDK reads when it is imported. */
async function sessionCookie(
  env: Record<string, string>,
  cookies: Record<string, string>,
  origin = 'http://localhost:3000',
) {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  vi.resetModules();
  const [{ default: proxy }, { NextRequest }] = await Promise.all([
    import('../../../proxy'),
    import('next/server'),
  ]);
  const cookie = Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
  const request = new NextRequest(new URL('/account', origin), {
    headers: { accept: 'text/html', cookie },
  });
  const response = await proxy(request, { waitUntil: () => {} } as never);
  return response.headers.getSetCookie()[0]?.replace(/=[^;]*/, '');
}

const signIn = { email: 'ada@acme.test', tokenAge: { minutes: 6 } };

test.for([
  [
    'as it is',
    {},
    'http://localhost:3000',
    'wos-session; Path=/; HttpOnly; SameSite=Lax; Max-Age=34560000',
  ],
  [
    'over https',
    {},
    'https://app.example.com',
    'wos-session; Path=/; HttpOnly; SameSite=Lax; Max-Age=34560000; Secure',
  ],
  [
    'one session over subdomains',
    { WORKOS_COOKIE_DOMAIN: 'example.com' },
    'https://a.example.com',
    'wos-session; Path=/; HttpOnly; SameSite=Lax; Max-Age=34560000; Domain=example.com; Secure',
  ],
  [
    'inside an iframe',
    { WORKOS_COOKIE_SAMESITE: 'none' },
    'https://app.example.com',
    'wos-session; Path=/; HttpOnly; SameSite=None; Max-Age=34560000; Secure',
  ],
  [
    'strict, for a day',
    { WORKOS_COOKIE_SAMESITE: 'strict', WORKOS_COOKIE_MAX_AGE: '86400' },
    'https://app.example.com',
    'wos-session; Path=/; HttpOnly; SameSite=Strict; Max-Age=86400; Secure',
  ],
] as const)(
  'nextjs/cookie-domain: the flags of the session cookie, %s [attack/cookie]',
  async ([, env, origin, expected], { workos }) => {
    const { cookies } = await workos.signIn(signIn);
    expect(await sessionCookie(env, cookies, origin)).toBe(expected);
  },
);

test('nextjs/cookie-domain: a name of its own', async ({ workos }) => {
  const { cookies } = await workos.signIn({ ...signIn, cookieName: 'my-session' });
  const cookie = await sessionCookie({ WORKOS_COOKIE_NAME: 'my-session' }, cookies);
  expect(cookie).toMatch(/^my-session; /);
});

test('nextjs/cookie-domain: sign-in and sign-out set and delete the cookies of the domain', async () => {
  vi.stubEnv('WORKOS_COOKIE_DOMAIN', 'example.com');
  vi.resetModules();
  const { inRequest } = await import('../../../../test/in-request');
  const { finishSignIn } = await import('../../../../test/finish-sign-in');
  const { GET: signIn } = await import('../../sign-in/route');
  const { signOutAction } = await import('../../sign-out/sign-out');

  const start = await inRequest('/sign-in', {}, signIn);
  expect(start.lines).toEqual([expect.stringMatching(/^wos-auth-verifier.*Domain=example\.com/)]);
  const end = await finishSignIn(start, 'ada@acme.test');
  const set = [...end.lines, ...(end.response?.headers.getSetCookie() ?? [])].join('\n');
  const session = { 'wos-session': end.cookies['wos-session'] ?? '' };
  expect(set).toMatch(/^wos-session=\w.*Domain=example\.com/m);
  // A deletion without the domain would be of another cookie.
  expect(set).toMatch(/^wos-auth-verifier\S*=;.*Domain=example\.com/m);
  const out = await inRequest('/account', session, () => signOutAction(new FormData()));
  expect(out.lines.join('\n')).toMatch(/^wos-session=;.*Domain=example\.com/m);
});
