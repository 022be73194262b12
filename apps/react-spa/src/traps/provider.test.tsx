import { act, render, screen, waitFor } from '@testing-library/react';
import { AuthKitProvider, LoginRequiredError, useAuth } from '@workos-inc/authkit-react';
import { type ComponentProps, useEffect, useState } from 'react';
import { vi } from 'vitest';
import { expect, test, type TestMock } from 'workos-mock/vitest';

type Props = Partial<ComponentProps<typeof AuthKitProvider>>;
const AUTHENTICATE = 'POST /user_management/authenticate';

/** The SDK's provider as it is, around a component that shows the person. */
function Page({ workos, children, ...props }: Props & { workos: TestMock }) {
  return (
    <AuthKitProvider
      clientId="client_mock"
      apiHostname={workos.hostname}
      port={workos.port}
      https={false}
      devMode
      redirectUri="http://localhost:5173/callback"
      {...props}
    >
      {children}
      <Person />
    </AuthKitProvider>
  );
}

function Person() {
  const { isLoading, user, getAccessToken } = useAuth();
  return (
    <button type="button" onClick={() => getAccessToken({ forceRefresh: true }).catch(() => {})}>
      {isLoading ? 'loading' : (user?.email ?? 'nobody')}
    </button>
  );
}

async function giveSession(workos: TestMock) {
  const { refreshToken, sessionId } = await workos.signIn({ email: 'ada@acme.test' });
  localStorage.setItem('workos:refresh-token:client_mock', refreshToken);
  return sessionId;
}

const refreshes = async (workos: TestMock) =>
  (await workos.requests({ endpoint: AUTHENTICATE, status: 200 })).length;

test('trap/callbacks-captured-once: after a new render the provider still calls the first callbacks', async ({
  workos,
}) => {
  await giveSession(workos);
  const first = vi.fn<() => void>();
  const second = vi.fn<() => void>();
  const { rerender } = render(<Page workos={workos} onRefresh={first} />);
  await screen.findByText('ada@acme.test');
  rerender(<Page workos={workos} onRefresh={second} />);
  first.mockClear();

  act(() => screen.getByRole('button').click());
  await waitFor(() => expect(first).toHaveBeenCalledOnce());
  expect(second).not.toHaveBeenCalled();
});

test('trap/callbacks-captured-once: a setter is the same in every render, so what it sets is seen', async ({
  workos,
}) => {
  await giveSession(workos);
  function App() {
    const [count, setCount] = useState(0);
    return (
      <>
        <output>{count} refreshes</output>
        <Page workos={workos} onRefresh={() => setCount((before) => before + 1)} />
      </>
    );
  }
  render(<App />);
  await screen.findByText('1 refreshes');
  act(() => screen.getByRole('button').click());
  expect(await screen.findByText('2 refreshes')).toBeDefined();
});

test('trap/callbacks-captured-once: the first callback runs before the client is ready', async ({
  workos,
}) => {
  await giveSession(workos);
  let getAccessToken: ReturnType<typeof useAuth>['getAccessToken'] | undefined;
  function Probe() {
    const auth = useAuth();
    useEffect(() => {
      getAccessToken = auth.getAccessToken;
    });
    return null;
  }
  const answers: Promise<unknown>[] = [];
  const onRefresh = () => {
    answers.push(getAccessToken!().catch((error: unknown) => error));
  };
  render(
    <Page workos={workos} onRefresh={onRefresh}>
      <Probe />
    </Page>,
  );
  await screen.findByText('ada@acme.test');
  expect(await answers[0]).toBeInstanceOf(LoginRequiredError);
  await waitFor(async () => expect(await getAccessToken!()).toMatch(/^ey/));
});

test('trap/user-after-refresh-failure: the SDK goes on showing the person whose session was refused', async ({
  workos,
}) => {
  const session = await giveSession(workos);
  const onRefreshFailure = vi.fn<() => void>();
  render(<Page workos={workos} onRefreshFailure={onRefreshFailure} />);
  await screen.findByText('ada@acme.test');
  await workos.revokeSession(session);

  act(() => screen.getByRole('button').click());
  await waitFor(() => expect(onRefreshFailure).toHaveBeenCalledOnce());
  expect(screen.getByText('ada@acme.test')).toBeDefined();
});

test('trap/short-tokens: a buffer as long as the token lives refreshes once a second', async ({
  workos,
}) => {
  await giveSession(workos);
  render(<Page workos={workos} refreshBufferInterval={300} />);
  await screen.findByText('ada@acme.test');
  await waitFor(async () => expect(await refreshes(workos)).toBeGreaterThan(2));
});

test('trap/on-before-auto-refresh: the provider takes it and never calls it', async ({
  workos,
}) => {
  await giveSession(workos);
  const onBeforeAutoRefresh = vi.fn<() => boolean>(() => false);
  render(
    <Page workos={workos} refreshBufferInterval={300} onBeforeAutoRefresh={onBeforeAutoRefresh} />,
  );
  await screen.findByText('ada@acme.test');
  await waitFor(async () => expect(await refreshes(workos)).toBeGreaterThan(1));
  // When this fails the SDK forwards it: remove patterns/on-before-auto-refresh.tsx.
  expect(onBeforeAutoRefresh).not.toHaveBeenCalled();
});
