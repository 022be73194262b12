import { act, render, screen, waitFor } from '@testing-library/react';
import { AuthKitProvider, LoginRequiredError, useAuth } from '@workos-inc/authkit-react';
import { type ComponentProps, useEffect, useState } from 'react';
import { vi } from 'vitest';
import { expect, test, type TestMock } from 'workos-mock/vitest';
import { followHosted } from '../test/follow-hosted';

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

test('trap/callbacks-captured-once: onRedirectCallback runs before the client is ready', async ({
  workos,
}) => {
  let auth: ReturnType<typeof useAuth> | undefined;
  function Probe() {
    const current = useAuth();
    useEffect(() => {
      auth = current;
    });
    return null;
  }
  const { unmount } = render(
    <Page workos={workos}>
      <Probe />
    </Page>,
  );
  await screen.findByText('nobody');
  const url = await auth!.getSignInUrl({ loginHint: 'ada@acme.test' });
  unmount();
  window.history.replaceState(null, '', await followHosted(url));

  const answers: Promise<unknown>[] = [];
  const onRedirectCallback = () => {
    answers.push(auth!.getAccessToken().catch((error: unknown) => error));
  };
  render(
    <Page workos={workos} onRedirectCallback={onRedirectCallback}>
      <Probe />
    </Page>,
  );
  await screen.findByText('ada@acme.test');
  expect(await Promise.all(answers)).toEqual([expect.any(LoginRequiredError)]);
  await waitFor(async () => expect(await auth!.getAccessToken()).toMatch(/^ey/));
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

test('trap/user-after-refresh-failure: the SDK goes on showing the person who has signed out without leaving the page', async ({
  workos,
}) => {
  await giveSession(workos);
  const onRefreshFailure = vi.fn<() => void>();
  function SignOut() {
    const { signOut } = useAuth();
    return (
      <button type="button" onClick={() => signOut({ navigate: false })}>
        Sign out
      </button>
    );
  }
  render(
    <Page workos={workos} onRefreshFailure={onRefreshFailure}>
      <SignOut />
    </Page>,
  );
  await screen.findByText('ada@acme.test');

  act(() => screen.getByText('Sign out').click());
  // The SDK's timer asks once more, with nothing to show.
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
