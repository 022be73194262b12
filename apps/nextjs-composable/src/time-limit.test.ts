import { getWorkOS } from '@workos-inc/authkit-nextjs';
import { getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { onTestFinished, vi } from 'vitest';
import { expect, test } from 'workos-mock/vitest';
import { visit } from '../test/visit';
import { limitTime } from './time-limit';

test('trap/api-down-blocks: authkit-nextjs sets its client no time limit', () => {
  // When this fails it does: remove time-limit.ts.
  expect(getWorkOS().options.timeout).toBeUndefined();
});

test('trap/api-down-blocks: the proxy brings a time limit along', async () => {
  const dispatcher = getGlobalDispatcher();
  vi.resetModules();
  await import('./proxy');
  expect(getGlobalDispatcher()).not.toBe(dispatcher);
});

test('trap/api-down-blocks: a WorkOS that stays silent is asked again in time, and the page comes [fault/refresh]', async ({
  workos,
}) => {
  const dispatcher = getGlobalDispatcher();
  onTestFinished(() => setGlobalDispatcher(dispatcher));
  limitTime(100);
  const ada = await workos.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
  await workos.delayNext('POST /user_management/authenticate', { hours: 1 });
  expect(await visit('/en/account', ada.cookies)).toSetSessionCookie();
});
