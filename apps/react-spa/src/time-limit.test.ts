import { createClient } from '@workos-inc/authkit-js';
import { onTestFinished, vi } from 'vitest';
import { listen } from 'workos-mock/node';
import { expect, test, type TestMock } from 'workos-mock/vitest';
import { settingsFor } from './test/render-with-auth';
import { limitTime } from './time-limit';

const AUTHENTICATE = 'POST /user_management/authenticate';

/** The SDK's client of somebody who is signed in, at the mock or at a gateway before it. */
async function open(workos: TestMock, port = workos.port) {
  const { refreshToken } = await workos.signIn({ email: 'ada@acme.test' });
  localStorage.setItem('workos:refresh-token:client_mock', refreshToken);
  const client = await createClient('client_mock', {
    apiHostname: workos.hostname,
    port,
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

/** Asks under a limit that is over soon; it is for this one request alone. */
async function askUnderLimit<Answer>(
  workos: TestMock,
  ask: () => Promise<Answer>,
  apiPort = workos.port,
) {
  const takeAway = limitTime({ ...settingsFor(workos), apiPort }, 1000);
  return ask().finally(takeAway);
}

/** The next refresh meets an API that accepts the connection and stays silent. */
async function meetSilence<Answer>(workos: TestMock, refresh: () => Promise<Answer>) {
  await workos.delayNext(AUTHENTICATE, { hours: 1 });
  return askUnderLimit(workos, refresh);
}

test('react/token-refresh: an API that stays silent while the token lives goes unnoticed [fault/refresh]', async ({
  workos,
}) => {
  const client = await open(workos);
  const token = await client.getAccessToken();
  // Due to be renewed, and good for another nine seconds.
  await workos.clock.advance({ minutes: 4, seconds: 51 });
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

/** A gateway that answers with headers and half a body when it is told to, and then says nothing more, or hangs up. */
async function openGateway(workos: TestMock) {
  let half: 'held back' | 'cut off' | undefined;
  const { port, close } = await listen(async (request) => {
    if (!half || request.method !== 'POST') return workos.fetch(request);
    const isCutOff = half === 'cut off';
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"access_token":'));
        if (isCutOff) setTimeout(() => controller.error(new Error('It hangs up.')), 20);
      },
    });
    const headers = { 'access-control-allow-origin': window.location.origin };
    return new Response(body, { headers });
  });
  onTestFinished(close);
  return { port, spoil: (how: typeof half) => (half = how) };
}

test.for(['held back', 'cut off'] as const)(
  'react/token-refresh, trap/refresh-without-limit: an answer whose second half is %s is an outage too [fault/refresh]',
  async (how, { workos }) => {
    const gateway = await openGateway(workos);
    const client = await open(workos, gateway.port);
    const token = await client.getAccessToken();
    const renew = () => client.getAccessToken({ forceRefresh: true });

    gateway.spoil(how);
    const renewal = askUnderLimit(workos, renew, gateway.port);
    await expect(renewal).rejects.toMatchObject({ name: 'RefreshError', isTransient: true });
    // Due to be renewed, and good for another nine seconds.
    await workos.clock.advance({ minutes: 4, seconds: 51 });
    expect(await askUnderLimit(workos, () => client.getAccessToken(), gateway.port)).toBe(token);

    gateway.spoil(undefined);
    expect(await client.getAccessToken()).not.toBe(token);
  },
);
