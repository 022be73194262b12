import { expect, test } from 'workos-mock/vitest';
import { inRequest } from '../../../../test/in-request';
import { deleteEverything } from './recent-auth';
import { GET } from './sign-in/route';

test('nextjs/recent-auth: fresh, stale though refreshed, signed out', async ({ workos }) => {
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  const now = await inRequest('/recent-auth', ada.cookies, () => deleteEverything());
  expect(now.result).toBe('done');
  await workos.clock.advance({ minutes: 5, seconds: 1 });
  const later = await inRequest('/recent-auth', ada.cookies, () => deleteEverything());
  expect(later.result).toBe('reauth');
  const nobody = await inRequest('/api/x', {}, () => deleteEverything());
  expect(nobody.result).toBe('signed-out');
});

test('nextjs/recent-auth: the step-up asks AuthKit for a sign-in of the last five minutes', async ({
  workos,
}) => {
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  const { redirect } = await inRequest('/recent-auth/sign-in', ada.cookies, GET);
  const params = new URL(redirect ?? '').searchParams;
  expect(params.get('max_age')).toBe('300');
  expect(params.get('login_hint')).toBe('ada@acme.test');
  expect(params.get('organization_id')).toBe('org_acme');
});
