import { screen } from '@testing-library/react';
import { useAuth } from '@workos-inc/authkit-react';
import { expect, test } from 'workos-mock/vitest';
import { renderWithAuth } from '../test/render-with-auth';
import { UseAuth } from './use-auth';

test('react/component-test, ask/how-to-test: useAuth() has the person at the first render', async ({
  workos,
}) => {
  const seen: (string | undefined)[] = [];
  function Probe() {
    seen.push(useAuth().user?.email);
    return null;
  }
  await renderWithAuth(workos, <Probe />, { as: { email: 'ada@acme.test' } });
  expect(seen[0]).toBe('ada@acme.test');
});

test('react/use-auth: nobody is signed in', async ({ workos }) => {
  await renderWithAuth(workos, <UseAuth />);
  expect(screen.getByRole('button', { name: 'Sign in' })).toBeDefined();
  // Without a trace of a session there is nothing to ask for.
  expect(await workos.requests()).toEqual([]);
});

test('react/use-auth: the person, the organization and the role', async ({ workos }) => {
  await renderWithAuth(workos, <UseAuth />, {
    as: { email: 'grace@acme.test', organization: 'Globex' },
  });
  expect(screen.getByText('grace@acme.test')).toBeDefined();
  expect(screen.getByText('org_globex')).toBeDefined();
  expect(screen.getByText('admin')).toBeDefined();
});
