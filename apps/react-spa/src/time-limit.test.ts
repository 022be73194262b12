import { createClient } from '@workos-inc/authkit-js';
import { onTestFinished, vi } from 'vitest';
import { expect, test, type TestMock } from 'workos-mock/vitest';
import { settingsFor } from './test/render-with-auth';
import { limitTime } from './time-limit';

const AUTHENTICATE = 'POST /user_management/authenticate';

/** The SDK's client of somebody who is signed in. */
async function open(workos: TestMock) {
  const { refreshToken } = await workos.signIn({ email: 'ada@acme.test' });
  localStorage.setItem('workos:refresh-token:client_mock', refreshToken);
  const client = await createClient('client_mock', {
    apiHostname: workos.hostname,
    port: workos.port,
    https: false,
    devMode: true,
    // The test alone refreshes, and not a timer in between.
    onBeforeAutoRefresh: () => false,
  });
  onTestFinished(() => client.dispose());
  return client;
}

test('trap/refresh-without-limit: the SDK sends a refresh that nothing ends', async ({
  workos,
}) => {
  const sent = vi.spyOn(window, 'fetch');
  await open(workos);
  // When this fails the SDK has a limit of its own: remove time-limit.ts.
  expect(sent.mock.lastCall?.[1]).not.toHaveProperty('signal');
});

/** The next refresh meets an API that accepts the connection and stays silent; the limit is for that one alone. */
async function meetSilence<Answer>(workos: TestMock, refresh: () => Promise<Answer>) {
  await workos.delayNext(AUTHENTICATE, { hours: 1 });
  const takeAway = limitTime(settingsFor(workos), 50);
  return refresh().finally(takeAway);
}

test('react/token-refresh: an API that stays silent while the token lives goes unnoticed [fault/refresh]', async ({
  workos,
}) => {
  const client = await open(workos);
  const token = await client.getAccessToken();
  // Due to be renewed, and good for another ten seconds.
  await workos.clock.advance({ minutes: 4, seconds: 50 });
  expect(await meetSilence(workos, () => client.getAccessToken())).toBe(token);
});

test('react/token-refresh: an API that stays silent is an outage, and the session goes on after it [fault/refresh]', async ({
  workos,
}) => {
  const client = await open(workos);
  const renew = () => client.getAccessToken({ forceRefresh: true });
  await expect(meetSilence(workos, renew)).rejects.toMatchObject({ isTransient: true });
  expect(await renew()).toMatch(/^ey/);
});
