import { createControl } from '../src/control-client.ts';
import { expect, test } from '../src/vitest.ts';

const to = (location: string, status = 307) =>
  new Response(null, { status, headers: { location } });
const setting = (...lines: string[]) => {
  const headers = new Headers();
  for (const line of lines) headers.append('set-cookie', line);
  return new Response(null, { headers });
};

test.for([
  ['the authorize endpoint', to('http://localhost:4100/user_management/authorize?a=1'), true],
  ['a page of the app', to('http://localhost:3000/sign-in'), false],
  ['a path without a host', to('/user_management/authorize'), false],
  ['no redirect at all', new Response('ok'), false],
] as const)('toRedirectToAuthKit: %s', ([, response, isOne]) => {
  if (isOne) expect(response).toRedirectToAuthKit();
  else expect(response).not.toRedirectToAuthKit();
});

test('toRedirectToAuthKit looks at the parameters that it is given', () => {
  const response = to('http://localhost/user_management/authorize?screen_hint=sign-up&state=s');
  expect(response).toRedirectToAuthKit({ screen_hint: 'sign-up' });
  expect(() => expect(response).toRedirectToAuthKit({ screen_hint: 'sign-in' })).toThrow(
    'expected a redirect to AuthKit with {"screen_hint":"sign-in"}, got 307 to',
  );
});

test.for([
  ['set', setting('wos-session=abc; Path=/'), 'wos-session', 'set'],
  ['emptied', setting('wos-session=; Path=/'), 'wos-session', 'deleted'],
  ['Max-Age of 0', setting('wos-session=abc; Max-Age=0'), 'wos-session', 'deleted'],
  ['expired', setting('a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT'), 'a', 'deleted'],
  ['another cookie', setting('wos-session-2=abc'), 'wos-session', 'neither'],
  ['deleted, then set', setting('a=; Max-Age=0', 'a=b'), 'a', 'set'],
] as const)('the session cookie: %s', ([, response, name, outcome]) => {
  if (outcome === 'set') expect(response).toSetSessionCookie(name);
  else expect(response).not.toSetSessionCookie(name);
  if (outcome === 'deleted') expect(response).toDeleteSessionCookie(name);
  else expect(response).not.toDeleteSessionCookie(name);
});

test('a response that was not awaited is named as the mistake', () => {
  const response = Promise.resolve(new Response());
  expect(() => expect(response).toRedirectToAuthKit()).toThrow('takes a Response, got object');
  expect(() => expect(undefined).toSetSessionCookie()).toThrow('takes a Response, got undefined');
});

test('signIn answers with a bearer token, a cookie jar and a Cookie header, for one organization', async ({
  workos,
}) => {
  const grace = await createControl(fetch, workos.url).signIn({
    email: 'grace@acme.test',
    organization: 'Globex',
    cookiePassword: 'a-cookie-password-for-tests-only!',
  });
  expect(grace.organizationId).toBe('org_globex');
  expect(grace.headers).toEqual({ authorization: `Bearer ${grace.accessToken}` });
  expect(grace.cookieHeader).toBe(`wos-session=${grace.cookies['wos-session']}`);
  await expect(workos.signIn({ email: 'ada@acme.test', organization: 'Globex' })).rejects.toThrow(
    'ada@acme.test is not an active member of "Globex".',
  );
  await expect(workos.signIn({ email: 'nobody@acme.test' })).rejects.toThrow('Nobody has');
});
