import { expect, test } from 'workos-mock/vitest';
import { finishSignIn } from '../../test/finish-sign-in';
import { inRequest } from '../../test/in-request';
import { visit } from '../../test/visit';
import { GET as callback } from '../app/callback/route';
import { GET as createOrganization } from '../app/(signed-in)/create-organization-on-sign-up/sign-up/route';
import { GET as customState } from '../app/(signed-in)/custom-state/sign-in/route';
import { GET as recentAuth } from '../app/(signed-in)/recent-auth/sign-in/route';
import { GET as signIn } from '../app/sign-in/route';
import { GET as signUp } from '../app/sign-up/route';
import { NextRequest } from 'next/server';

const ROUTES = {
  '/sign-in': signIn,
  '/sign-up': signUp,
  '/custom-state/sign-in': customState,
  '/create-organization-on-sign-up/sign-up': createOrganization,
  '/recent-auth/sign-in': recentAuth,
  // The proxy itself begins this one.
  '/account': undefined,
};

test.for(
  Object.entries(ROUTES).flatMap(([path, route]) =>
    // The second as long as a return path can be, before a browser refuses the cookie.
    ['', `?returnTo=/${'a'.repeat(2_600)}`].map((query) => [path, query, route] as const),
  ),
)(
  'ask/cookie-budget: forty unfinished sign-ins at %s leave room in a browser',
  async ([path, query, route]) => {
    const jar = new Map<string, string>();
    for (let i = 0; i < 40; i++) {
      const url = path + query;
      const response = await visit(url, Object.fromEntries(jar));
      if (!route) expect(response).toRedirectToAuthKit();
      const headers = { 'sec-fetch-site': 'same-origin' };
      const begun = route && (await inRequest(url, Object.fromEntries(jar), route, { headers }));
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === '') jar.delete(name);
        else jar.set(name, value);
      }
      for (const [name, value] of Object.entries(begun?.cookies ?? {})) jar.set(name, value);
    }
    expect(jar.size).toBeGreaterThan(0);
    const bytes = [...jar].reduce((sum, [name, value]) => sum + name.length + value.length + 3, 0);
    // With a session of 4 KB it is 12 KB; Node.js answers 431 from 16 KB of headers.
    expect(bytes).toBeLessThan(8_192);
  },
);

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
