// A browser lets a `no-cors` request through to another origin; happy-dom does not know that mode.
// @vitest-environment-options { "url": "http://localhost:5173/", "settings": { "fetch": { "disableSameOriginPolicy": true } } }
import { act, screen } from '@testing-library/react';
import { useAuth } from '@workos-inc/authkit-react';
import { onTestFinished, vi } from 'vitest';
import { expect, test } from 'workos-mock/vitest';
import { onSignOut } from '../sign-out-everywhere';
import { renderWithAuth } from '../test/render-with-auth';
import { useSignOutInPlace } from './sign-out';

test('react/use-auth, trap/user-after-refresh-failure: a sign-out that stays on the page takes the person off all screens at once', async ({
  workos,
}) => {
  const otherTab = vi.fn<() => void>();
  onTestFinished(onSignOut('client_mock', otherTab));
  function Person() {
    const signOut = useSignOutInPlace();
    return (
      <button type="button" onClick={() => void signOut()}>
        {useAuth().user?.email}
      </button>
    );
  }
  await renderWithAuth(workos, <Person />, { as: { email: 'ada@acme.test' } });
  act(() => screen.getByText('ada@acme.test').click());

  expect(await screen.findByRole('heading', { name: 'You are signed out' })).toBeDefined();
  expect(screen.queryByText('ada@acme.test')).toBeNull();
  await vi.waitFor(() => expect(otherTab).toHaveBeenCalledOnce(), 10_000);
  expect(await workos.sessions()).toEqual([expect.objectContaining({ status: 'revoked' })]);
});
