// react/component-test, ask/how-to-test — https://github.com/workos/authkit-react/issues/64
import { useAuth } from '@workos-inc/authkit-react';
import { render, type RenderResult } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import type { TestMock } from 'workos-mock/vitest';
import { AuthProvider } from '../auth-provider';
import type { Settings } from '../settings';

/** The settings of an app that talks to the mock of one test. */
export function settingsFor(workos: TestMock): Settings {
  return {
    clientId: 'client_mock',
    apiHostname: workos.hostname,
    apiPort: workos.port,
    apiHttps: false,
    apiUrl: `${workos.url}/not-an-api`,
    devMode: true,
  };
}

interface Options {
  /** Who is signed in; nobody when left out. */
  as?: { email: string; organization?: string };
  /** Address in the router. */
  at?: string;
}

/**
 * Renders a component inside the app's real provider, which talks to the test's mock over HTTP. Nothing is replaced: the
 * session is there because its refresh token is where the SDK looks for it, so `useAuth()` has the person at the component's
 * first render.
 *
 * @example
 * await renderWithAuth(workos, <Profile />, { as: { email: 'ada@acme.test' } });
 * expect(screen.getByText('Ada Lovelace')).toBeDefined();
 */
export async function renderWithAuth(
  workos: TestMock,
  ui: ReactNode,
  { as, at = '/' }: Options = {},
): Promise<RenderResult> {
  if (as) {
    const { refreshToken } = await workos.signIn(as);
    localStorage.setItem('workos:refresh-token:client_mock', refreshToken);
  }
  const result = render(
    <AuthProvider settings={settingsFor(workos)}>
      <MemoryRouter initialEntries={[at]}>
        <OnceReady>{ui}</OnceReady>
      </MemoryRouter>
    </AuthProvider>,
  );
  await result.findByTestId('ready');
  return result;
}

/** Leaves out the moment in which nobody knows yet who is there; a test of that moment renders without it. */
function OnceReady({ children }: { children: ReactNode }) {
  const { isLoading } = useAuth();
  return isLoading ? null : <div data-testid="ready">{children}</div>;
}
