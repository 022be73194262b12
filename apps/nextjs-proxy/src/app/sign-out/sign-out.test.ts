import { signOut } from '@workos-inc/authkit-nextjs';
import { expect, test } from 'workos-mock/vitest';
import { inRequest } from '../../../test/in-request';
import { signOutAction } from './sign-out';

function leave(cookies: Record<string, string>, returnTo?: string) {
  const form = new FormData();
  if (returnTo !== undefined) form.set('returnTo', returnTo);
  return inRequest('/account', cookies, () => signOutAction(form));
}

test('nextjs/sign-out: ends the session at WorkOS and comes back', async ({ workos }) => {
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  const { redirect, cookies } = await leave(ada.cookies);
  const url = new URL(redirect ?? '');
  expect(url.origin + url.pathname).toBe(`${workos.url}/user_management/sessions/logout`);
  expect(url.searchParams.get('session_id')).toBe(ada.sessionId);
  expect(url.searchParams.get('return_to')).toBe('http://localhost:3000/signed-out');
  expect(cookies['wos-session']).toBe('');
});

test.for([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
  '/.//evil.example',
])('trap/sign-out-open-redirect: %s, signed out and signed in', async (returnTo, { workos }) => {
  const { redirect } = await leave({}, returnTo);
  expect(redirect).toBe('http://localhost:3000/signed-out');
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  const signedIn = await leave(ada.cookies, returnTo);
  const { searchParams } = new URL(signedIn.redirect ?? '');
  expect(searchParams.get('return_to')).toBe('http://localhost:3000/signed-out');
});

test('trap/sign-out-open-redirect: the naive form goes wherever it is told', async () => {
  const { redirect } = await inRequest('/', {}, () =>
    signOut({ returnTo: 'https://evil.example/phish' }),
  );
  expect(redirect).toBe('https://evil.example/phish');
});
