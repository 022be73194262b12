import { expect, test } from 'workos-mock/vitest';
import { finishSignIn } from '../../test/finish-sign-in';
import { inRequest } from '../../test/in-request';
import { visit } from '../../test/visit';
import { GET as callback } from '../app/callback/route';
import { GET as signIn } from '../app/sign-in/route';
import { NextRequest } from 'next/server';

test('ask/cookie-budget: forty unfinished sign-ins leave five cookies', async () => {
  const jar = new Map<string, string>();
  const keep = (name: string, value: string) =>
    value === '' ? jar.delete(name) : jar.set(name, value);
  for (let i = 0; i < 20; i++) {
    const response = await visit('/account', Object.fromEntries(jar));
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      keep(name, value);
    }
    const { cookies } = await inRequest('/sign-in', Object.fromEntries(jar), signIn);
    for (const [name, value] of Object.entries(cookies)) keep(name, value);
  }
  expect(jar.size).toBeLessThanOrEqual(5);
  const bytes = [...jar].reduce((sum, [name, value]) => sum + name.length + value.length + 3, 0);
  expect(bytes).toBeLessThan(4096);
});

test('ask/docker-host: a server that sees itself as 0.0.0.0 sends the browser to the configured host', async () => {
  const origin = 'http://0.0.0.0:3000';
  const start = await inRequest('/sign-in', {}, signIn, { origin });
  const { callback: path } = await finishSignIn(start, 'ada@acme.test');
  const again = await inRequest('/sign-in', {}, signIn, { origin });
  const url = new URL(again.redirect ?? '');
  url.searchParams.set('login_hint', 'ada@acme.test');
  const back = new URL((await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '');
  const { result } = await inRequest(back.pathname + back.search, again.cookies, callback, {
    origin,
  });
  expect(result?.headers.get('location')).toBe('http://localhost:3000/account');
  const failed = await callback(new NextRequest(new URL(path, origin)));
  expect(failed.headers.get('location')).toMatch(/^http:\/\/localhost:3000\/sign-in-failed/);
});

test('ask/idp-initiated: a code that comes without state is refused, and the page offers a sign-in', async () => {
  const { result } = await inRequest('/callback?code=from_the_dashboard', {}, callback);
  expect(result?.headers.get('location')).toContain('reason=missing_auth_params');
});
