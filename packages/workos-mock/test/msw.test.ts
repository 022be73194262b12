import { createRemoteJWKSet, jwtVerify } from 'jose';
import { WorkOS } from '@workos-inc/node';
import { setupServer } from 'msw/node';
import { expect, onTestFinished, test } from 'vitest';
import { createWorkosMock } from '../src/mock.ts';
import { workosHandlers } from '../src/msw.ts';

/** Intercepts for one test; a request that nothing answers fails it. */
function intercept(origin?: string) {
  const mock = createWorkosMock();
  const server = setupServer(...workosHandlers(mock, origin));
  server.listen({ onUnhandledFrame: 'error' });
  onTestFinished(() => server.close());
  return mock;
}

test('the real SDK on WorkOS’ own host is answered by the mock', async () => {
  const mock = intercept();
  const { refreshToken } = await mock.signIn({ email: 'ada@acme.test' });
  const workos = new WorkOS('sk_test_default', { clientId: 'client_mock' });
  const { user, accessToken } = await workos.userManagement.authenticateWithRefreshToken({
    clientId: 'client_mock',
    refreshToken,
  });
  expect(user.email).toBe('ada@acme.test');
  const keys = createRemoteJWKSet(new URL(workos.userManagement.getJwksUrl('client_mock')));
  const issuer = 'https://api.workos.com/user_management/client_mock';
  await expect(jwtVerify(accessToken, keys, { issuer })).resolves.toBeTruthy();
});

test('faults strike there too: a dropped connection is a network error', async () => {
  const mock = intercept();
  await mock.dropNext('GET /user_management/users/:id');
  const workos = new WorkOS('sk_test_default', { clientId: 'client_mock', maxRetries: 0 });
  await expect(workos.userManagement.getUser('user_ada')).rejects.toThrow('fetch failed');
  await mock.verify();
});

test('a client that was made before listen() keeps the fetch of before', async () => {
  // Nothing listens there, and the system hands it to nobody: what is not intercepted fails.
  const port = 28673;
  const options = { apiHostname: 'localhost', port, https: false, maxRetries: 0 };
  const early = new WorkOS('sk_test_default', options);
  intercept(`http://localhost:${port}`);
  const late = new WorkOS('sk_test_default', options);
  await expect(early.userManagement.getUser('user_ada')).rejects.toThrow('fetch failed');
  await expect(late.userManagement.getUser('user_ada')).resolves.toMatchObject({ id: 'user_ada' });
});
