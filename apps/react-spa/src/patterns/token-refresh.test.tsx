import { act, screen, waitFor } from '@testing-library/react';
import { useAuth } from '@workos-inc/authkit-react';
import { expect, test } from 'workos-mock/vitest';
import { renderWithAuth } from '../test/render-with-auth';
import { type RefreshResult, useRefresh } from './token-refresh';

const AUTHENTICATE = 'POST /user_management/authenticate';
const ada = { email: 'ada@acme.test' };

function Probe({ onResult }: { onResult: (result: RefreshResult) => void }) {
  const refresh = useRefresh();
  return (
    <button type="button" onClick={() => void refresh().then(onResult)}>
      {useAuth().user?.email ?? 'nobody'}
    </button>
  );
}

test('react/token-refresh: refreshed, not possible just now, ended', async ({ workos }) => {
  const results: RefreshResult[] = [];
  await renderWithAuth(workos, <Probe onResult={(result) => results.push(result)} />, { as: ada });
  const renew = async () => {
    const { length } = results;
    act(() => screen.getByRole('button').click());
    await waitFor(() => expect(results).toHaveLength(length + 1));
    return results.at(-1);
  };

  expect(await renew()).toBe('refreshed');

  await workos.failNext(AUTHENTICATE, {
    status: 503,
    headers: { 'access-control-allow-origin': window.location.origin },
  });
  expect(await renew()).toBe('unavailable');
  expect(screen.getByText(ada.email)).toBeDefined();

  const [session] = await workos.sessions({ user: 'user_ada' });
  await workos.revokeSession(session!.id);
  expect(await renew()).toBe('ended');
  // The provider takes the person off the screen.
  expect(screen.queryByText(ada.email)).toBeNull();
  expect(screen.getByRole('heading', { name: 'You are signed out' })).toBeDefined();
});

test('react/token-refresh: the token is renewed before it expires, without anybody asking', async ({
  workos,
}) => {
  await renderWithAuth(workos, <Probe onResult={() => {}} />, { as: ada });
  const refreshes = async () =>
    (await workos.requests({ endpoint: AUTHENTICATE, status: 200 })).length;
  expect(await refreshes()).toBe(1);
  await workos.clock.advance({ minutes: 4, seconds: 35 });
  await waitFor(async () => expect(await refreshes()).toBe(2));
});
