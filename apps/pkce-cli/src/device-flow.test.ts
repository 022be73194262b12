import { expect, test, type TestMock } from 'workos-mock/vitest';
import { pollForTokens, requestDeviceAuthorization } from './device-flow.ts';
import { createPublicClient } from './public-client.ts';

const client = ({ hostname, port }: TestMock) =>
  createPublicClient({ clientId: 'client_mock', apiHostname: hostname, port, https: false });

/** Time passes on the mock's clock, not in the test; what happens on the page happens in between. */
function waiting(workos: TestMock, ...events: ((() => unknown) | undefined)[]) {
  const waits: number[] = [];
  return {
    waits,
    wait: async (milliseconds: number) => {
      waits.push(milliseconds / 1000);
      await workos.clock.advance({ milliseconds });
      await events.shift()?.();
    },
  };
}

const approveAs = (email: string, address: string | undefined) => () =>
  fetch(`${address}&login_hint=${email}`);

test('node/device-flow: a person approves, and the device has a session without a secret', async ({
  workos,
}) => {
  const device = await requestDeviceAuthorization(client(workos));
  expect(device.userCode).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
  expect(device).toMatchObject({ expiresIn: 300, interval: 5 });
  const { wait, waits } = waiting(
    workos,
    undefined,
    approveAs('ada@acme.test', device.verificationUriComplete),
  );
  const { user, refreshToken } = await pollForTokens(client(workos), device, { wait });
  expect(user).toMatchObject({ id: 'user_ada', firstName: 'Ada' });
  expect(waits).toEqual([5, 5]);
  const refreshed = await client(workos).userManagement.authenticateWithRefreshToken({
    clientId: 'client_mock',
    refreshToken,
  });
  expect(refreshed.organizationId).toBe('org_acme');
});

test('node/device-flow: slow_down makes every later wait five seconds longer', async ({
  workos,
}) => {
  const device = await requestDeviceAuthorization(client(workos));
  await workos.failNext(
    'POST /user_management/authenticate',
    { status: 400, body: { error: 'slow_down', error_description: 'Slower.' } },
    { times: 2 },
  );
  const { wait, waits } = waiting(
    workos,
    undefined,
    undefined,
    undefined,
    approveAs('ada@acme.test', device.verificationUriComplete),
  );
  await pollForTokens(client(workos), device, { wait });
  expect(waits).toEqual([5, 10, 15, 15]);
});

test('node/device-flow: failures that pass are waited out [fault/callback]', async ({ workos }) => {
  const device = await requestDeviceAuthorization(client(workos));
  const authenticate = 'POST /user_management/authenticate';
  await workos.failNext(authenticate, { status: 503, body: '<h1>Bad Gateway</h1>' });
  await workos.failNext(authenticate, {
    status: 429,
    body: { message: 'Too many requests' },
    headers: { 'retry-after': '20' },
  });
  await workos.dropNext(authenticate);
  const { wait, waits } = waiting(
    workos,
    undefined,
    undefined,
    undefined,
    approveAs('ada@acme.test', device.verificationUriComplete),
  );
  expect((await pollForTokens(client(workos), device, { wait })).user.id).toBe('user_ada');
  expect(waits).toEqual([5, 5, 20, 20]);
});

test('node/device-flow: nobody comes, and the code runs out', async ({ workos }) => {
  const device = await requestDeviceAuthorization(client(workos));
  const { wait, waits } = waiting(workos);
  await expect(pollForTokens(client(workos), device, { wait })).rejects.toMatchObject({
    failure: 'timedOut',
  });
  expect(waits).toHaveLength(60);
});

test('node/device-flow: denied, stopped, unknown client, no network [fault/sign-in-start]', async ({
  workos,
}) => {
  const device = await requestDeviceAuthorization(client(workos));
  await workos.failNext('POST /user_management/authenticate', {
    status: 400,
    body: { error: 'access_denied', error_description: 'Denied.' },
  });
  const { wait } = waiting(workos);
  await expect(pollForTokens(client(workos), device, { wait })).rejects.toMatchObject({
    failure: 'refused',
  });
  await expect(
    pollForTokens(client(workos), device, { signal: AbortSignal.timeout(20) }),
  ).rejects.toThrow(/abort/i);
  const baseURL = workos.url;
  await expect(
    requestDeviceAuthorization({ baseURL, clientId: 'client_other' }),
  ).rejects.toMatchObject({ failure: 'refused' });
  await expect(
    requestDeviceAuthorization({ baseURL: 'http://127.0.0.1:1', clientId: 'client_mock' }),
  ).rejects.toMatchObject({ failure: 'unavailable' });
});
