import { expect, test } from 'workos-mock/vitest';
import { finishSignIn } from '../../../../test/finish-sign-in';
import { inRequest } from '../../../../test/in-request';
import { organizationsOf } from '../get-workos/get-workos';
import { readState, writeState } from './custom-state';
import { GET } from './sign-in/route';

test('nextjs/custom-state: structured state survives the round trip', async () => {
  const start = await inRequest('/custom-state/sign-in?plan=team&referrer=pricing', {}, GET);
  expect(start.redirect).not.toContain('pricing');
  const { location, cookies } = await finishSignIn(start, 'ada@acme.test');
  expect(location).toBe('http://localhost:3000/custom-state');
  expect(JSON.parse(cookies['arrived-with'] ?? '')).toEqual({ plan: 'team', referrer: 'pricing' });
});

test.for([
  `plan=gold`,
  `referrer=${'x'.repeat(5000)}`,
  'newOrganization=',
  'plan=team&plan=free&__proto__=x&constructor=y',
  'referrer=%00%0d%0aSet-Cookie:%20evil=1',
])('nextjs/custom-state: %s does not break the sign-in', async (query) => {
  const start = await inRequest(`/custom-state/sign-in?${query}`, {}, GET);
  const { response, cookies } = await finishSignIn(start, 'ada@acme.test');
  expect(response?.status).toBe(307);
  expect(cookies['wos-session']).toBeTruthy();
  expect(Object.keys(cookies)).not.toContain('evil');
});

test('nextjs/custom-state: a link carries what this route knows, and no other state of the app', async ({
  workos,
}) => {
  const user = await workos.createUser();
  const start = await inRequest('/custom-state/sign-in?newOrganization=Evil', {}, GET);
  await finishSignIn(start, user.email);
  expect(await organizationsOf(user.id)).toEqual([]);
});

test.for([
  undefined,
  '',
  'null',
  '[]',
  '"text"',
  '{',
  '{"plan":7}',
  '{"__proto__":{"plan":"team"}}',
])('nextjs/custom-state: %s is read as no state', (state) => {
  expect(readState(state)).toEqual({});
});

test('nextjs/custom-state: only what is known is written', () => {
  expect(writeState({ plan: 'free', admin: true })).toBe('{"plan":"free"}');
});
