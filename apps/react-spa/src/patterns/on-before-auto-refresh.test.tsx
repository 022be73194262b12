import { act, render, screen, waitFor } from '@testing-library/react';
import { AuthKitProvider, useAuth } from '@workos-inc/authkit-react';
import { setTimeout as sleep } from 'node:timers/promises';
import { vi } from 'vitest';
import { expect, test, type TestMock } from 'workos-mock/vitest';
import { NO_AUTO_REFRESH, useAutoRefresh } from './on-before-auto-refresh';

const refreshes = async (workos: TestMock) =>
  (await workos.requests({ endpoint: 'POST /user_management/authenticate', status: 200 })).length;

async function renderPage(workos: TestMock, mayRefresh: () => boolean) {
  const { refreshToken } = await workos.signIn({ email: 'ada@acme.test' });
  localStorage.setItem('workos:refresh-token:client_mock', refreshToken);
  function Person() {
    const { user } = useAuth();
    const getAccessToken = useAutoRefresh(mayRefresh);
    return (
      <button type="button" onClick={() => void getAccessToken()}>
        {user?.email}
      </button>
    );
  }
  render(
    <AuthKitProvider
      clientId="client_mock"
      apiHostname={workos.hostname}
      port={workos.port}
      https={false}
      devMode
      redirectUri="http://localhost:5173/callback"
      refreshBufferInterval={NO_AUTO_REFRESH}
    >
      <Person />
    </AuthKitProvider>,
  );
  await screen.findByText('ada@acme.test');
  // The hook counts from the moment it first has the token, which must come before a test moves the clock.
  await act(async () => screen.getByRole('button').click());
}

test('react/token-refresh, trap/on-before-auto-refresh: while it may not, nothing is renewed but on demand', async ({
  workos,
}) => {
  const mayRefresh = vi.fn<() => boolean>(() => false);
  await renderPage(workos, mayRefresh);
  await sleep(1200);
  expect(mayRefresh).not.toHaveBeenCalled();

  await workos.clock.advance({ minutes: 6 });
  await waitFor(() => expect(mayRefresh).toHaveBeenCalled());
  await sleep(1200);
  expect(await refreshes(workos)).toBe(1);

  act(() => screen.getByRole('button').click());
  await waitFor(async () => expect(await refreshes(workos)).toBe(2));
});

test('react/token-refresh, trap/on-before-auto-refresh: when it may, the token is renewed once', async ({
  workos,
}) => {
  await renderPage(workos, () => true);
  await workos.clock.advance({ minutes: 4, seconds: 55 });
  await waitFor(async () => expect(await refreshes(workos)).toBe(2));
  await sleep(2100);
  expect(await refreshes(workos)).toBe(2);
});
