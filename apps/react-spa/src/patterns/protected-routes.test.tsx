import { setTimeout as sleep } from 'node:timers/promises';
import { act, render, screen } from '@testing-library/react';
import { useAuth } from '@workos-inc/authkit-react';
import { MemoryRouter, Route, Routes, useLocation } from 'react-router';
import { vi } from 'vitest';
import { expect, test, type TestMock } from 'workos-mock/vitest';
import { AuthProvider } from '../auth-provider';
import { settingsFor } from '../test/render-with-auth';
import { RequireUser } from './protected-routes';

/** What the router shows from the first moment on, as a person sees it. */
function renderApp(workos: TestMock, seen: string[], tokens: Promise<string>[] = []) {
  function Spy({ name }: { name: string }) {
    const { pathname, search } = useLocation();
    const { getAccessToken } = useAuth();
    seen.push(`${name} ${pathname}${search}`);
    if (name === 'account') tokens.push(getAccessToken());
    return name;
  }
  render(
    <AuthProvider settings={settingsFor(workos)}>
      <MemoryRouter initialEntries={['/account?tab=1']}>
        <Routes>
          <Route path="login" element={<Spy name="sign-in" />} />
          <Route element={<RequireUser />}>
            <Route path="account" element={<Spy name="account" />} />
          </Route>
        </Routes>
      </MemoryRouter>
    </AuthProvider>,
  );
}

async function giveSession(workos: TestMock) {
  const { refreshToken, sessionId } = await workos.signIn({ email: 'ada@acme.test' });
  localStorage.setItem('workos:refresh-token:client_mock', refreshToken);
  return sessionId;
}

test('react/protected-routes: a reload never shows the sign-in to who is signed in', async ({
  workos,
}) => {
  await giveSession(workos);
  const seen: string[] = [];
  renderApp(workos, seen);
  expect(screen.getByText('Looking for your session…')).toBeDefined();
  await screen.findByText('account');
  expect(new Set(seen)).toEqual(new Set(['account /account?tab=1']));
});

test('react/protected-routes: a page has its token from the first render on', async ({
  workos,
}) => {
  await giveSession(workos);
  const tokens: Promise<string>[] = [];
  renderApp(workos, [], tokens);
  await screen.findByText('account');
  for (const token of await Promise.all(tokens)) expect(token).toMatch(/^ey/);
});

test('react/protected-routes: nobody sees the page; the wanted address goes with them', async ({
  workos,
}) => {
  const seen: string[] = [];
  renderApp(workos, seen);
  await screen.findByText('sign-in');
  expect(new Set(seen)).toEqual(new Set(['sign-in /login?returnTo=%2Faccount%3Ftab%3D1']));
  expect(await workos.requests()).toEqual([]);
});

test('react/protected-routes: a session that has ended leads to sign-in', async ({ workos }) => {
  await workos.revokeSession(await giveSession(workos));
  const seen: string[] = [];
  renderApp(workos, seen);
  await screen.findByText('sign-in');
  expect(seen.some((view) => view.startsWith('account'))).toBe(false);
});

test('react/protected-routes: an outage at load waits, and the page comes when it is over', async ({
  workos,
}) => {
  await giveSession(workos);
  await workos.dropNext('POST /user_management/authenticate', {}, { times: 2 });
  const seen: string[] = [];
  renderApp(workos, seen);
  await screen.findByText(/cannot be renewed just now/);
  await screen.findByText('account');
  expect(seen.some((view) => view.startsWith('sign-in'))).toBe(false);
});

test('react/protected-routes: a tab that did not get its turn among others looks again, and the page comes [fault/refresh]', async ({
  workos,
}) => {
  await giveSession(workos);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const lock = 'browser-tabs-lock-key-WORKOS_REFRESH_SESSION';
  const timeRefreshed = Date.now() + 3_600_000;
  localStorage.setItem(lock, JSON.stringify({ id: 'another tab', timeRefreshed }));
  renderApp(workos, []);
  /** Lets time pass until this is on the screen, for a minute at most. */
  const passUntil = async (words: string | RegExp) => {
    for (let seconds = 0; seconds < 60 && !screen.queryByText(words); seconds++) {
      await act(() => vi.advanceTimersByTimeAsync(1000));
      // The requests go over a real socket, which takes time of its own.
      await sleep(50);
    }
    expect(screen.getByText(words)).toBeDefined();
  };
  await passUntil(/cannot be renewed just now/);
  // Three turns more: the SDK has given up by now.
  await act(() => vi.advanceTimersByTimeAsync(30_000));
  localStorage.removeItem(lock);
  await passUntil('account');
});
