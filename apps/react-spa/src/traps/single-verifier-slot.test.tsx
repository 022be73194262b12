import { cleanup, render, screen } from '@testing-library/react';
import { AuthKitProvider, useAuth } from '@workos-inc/authkit-react';
import { vi } from 'vitest';
import { expect, test, type TestMock } from 'workos-mock/vitest';
import { followHosted } from '../test/follow-hosted';

type Helpers = Pick<ReturnType<typeof useAuth>, 'getSignInUrl' | 'getSignUpUrl'>;

/** The helpers of a page at this address, once its sign-in (if it is a callback) is over. */
async function openPage(workos: TestMock, path: string): Promise<Helpers> {
  cleanup();
  window.history.replaceState(null, '', path);
  let helpers: Helpers | undefined;
  function Probe() {
    const { isLoading, user, getSignInUrl, getSignUpUrl } = useAuth();
    if (isLoading) return null;
    helpers = { getSignInUrl, getSignUpUrl };
    return <p data-testid="person">{user?.email ?? 'nobody'}</p>;
  }
  const { findByTestId } = render(
    <AuthKitProvider
      clientId="client_mock"
      apiHostname={workos.hostname}
      port={workos.port}
      https={false}
      devMode
      redirectUri="http://localhost:5173/callback"
    >
      <Probe />
    </AuthKitProvider>,
  );
  await findByTestId('person');
  return helpers!;
}

test('trap/single-verifier-slot: of two URLs made at render only the last one signs in', async ({
  workos,
}) => {
  const errors = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { getSignInUrl, getSignUpUrl } = await openPage(workos, '/');
  const loginHint = 'ada@acme.test';
  const first = await getSignInUrl({ loginHint });
  await getSignUpUrl({ loginHint });

  await openPage(workos, await followHosted(first));

  expect(screen.getByTestId('person').textContent).toBe('nobody');
  expect(String(errors.mock.calls.at(-1)?.[0])).toContain('code verifier');
});

test('trap/single-verifier-slot: one made on the click that uses it signs in', async ({
  workos,
}) => {
  const { getSignInUrl } = await openPage(workos, '/');
  const url = await getSignInUrl({ loginHint: 'ada@acme.test' });
  await openPage(workos, await followHosted(url));
  expect(screen.getByTestId('person').textContent).toBe('ada@acme.test');
});
