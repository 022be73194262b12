import { expect, test } from 'workos-mock/vitest';
import { finishSignIn } from '../../test/finish-sign-in';
import { inRequest } from '../../test/in-request';
import { visit } from '../../test/visit';
import { GET as callback } from '../app/callback/route';
import { GET as signIn } from '../app/sign-in/route';
import { NextRequest } from 'next/server';

test('ask/cookie-budget: forty unfinished sign-ins, begun by the proxy or by a link, leave five cookies', async () => {
  const begin = {
    proxy: async (jar: Map<string, string>) => {
      const response = await visit('/account', Object.fromEntries(jar));
      return response.headers.getSetCookie().map((line): [string, string] => {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        return [name, value];
      });
    },
    link: async (jar: Map<string, string>) =>
      Object.entries((await inRequest('/sign-in', Object.fromEntries(jar), signIn)).cookies),
  };
  for (const signInAgain of Object.values(begin)) {
    const jar = new Map<string, string>();
    for (let i = 0; i < 40; i++) {
      for (const [name, value] of await signInAgain(jar)) {
        if (value === '') jar.delete(name);
        else jar.set(name, value);
      }
    }
    expect(jar.size).toBeLessThanOrEqual(5);
    const bytes = [...jar].reduce((sum, [name, value]) => sum + name.length + value.length + 3, 0);
    expect(bytes).toBeLessThan(4096);
  }
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
