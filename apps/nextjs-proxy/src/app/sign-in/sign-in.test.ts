import { withAuth } from '@workos-inc/authkit-nextjs';
import { expect, test } from 'workos-mock/vitest';
import { finishSignIn } from '../../../test/finish-sign-in';
import { inRequest } from '../../../test/in-request';
import { GET as signUp } from '../sign-up/route';
import { GET } from './route';

test('nextjs/sign-in-endpoint: hands over who and where to, and nothing else', async () => {
  const path =
    '/sign-in?loginHint=ada@acme.test&organizationId=org_acme&screen_hint=evil&state=evil';
  const { redirect, cookies } = await inRequest(path, {}, GET);
  const params = new URL(redirect ?? '').searchParams;
  expect(params.get('login_hint')).toBe('ada@acme.test');
  expect(params.get('organization_id')).toBe('org_acme');
  expect(params.get('screen_hint')).toBe('sign-in');
  expect(Object.values(cookies)).toEqual([params.get('state')]);
});

test('nextjs/sign-in-endpoint: sign-up asks for the form for new people', async () => {
  const { redirect } = await inRequest('/sign-up', {}, signUp);
  expect(new URL(redirect ?? '').searchParams.get('screen_hint')).toBe('sign-up');
});

test('nextjs/handle-auth: a sign-in ends in a session, on the page that was asked for', async () => {
  const start = await inRequest('/sign-in?returnTo=/use-auth?a=1', {}, GET);
  const { location, cookies } = await finishSignIn(start, 'ada@acme.test');
  expect(location).toBe('http://localhost:3000/use-auth?a=1');
  const { result } = await inRequest(
    '/account',
    { 'wos-session': cookies['wos-session'] ?? '' },
    () => withAuth(),
  );
  expect(result).toMatchObject({
    user: { id: 'user_ada' },
    organizationId: 'org_acme',
    role: 'admin',
  });
});
