import { act, screen, waitFor } from '@testing-library/react';
import { useAuth } from '@workos-inc/authkit-react';
import { expect, test, type TestMock } from 'workos-mock/vitest';
import { renderWithAuth } from '../test/render-with-auth';
import { type SwitchResult, useSwitchToOrganization } from './switch-to-organization';

const AUTHENTICATE = 'POST /user_management/authenticate';

async function renderSwitch(workos: TestMock) {
  const results: SwitchResult[] = [];
  let target: string;
  function Probe() {
    const { organizationId, role } = useAuth();
    const switchTo = useSwitchToOrganization();
    return (
      <button
        type="button"
        onClick={() => void switchTo(target).then((result) => results.push(result))}
      >
        {organizationId} {role}
      </button>
    );
  }
  await renderWithAuth(workos, <Probe />, {
    as: { email: 'grace@acme.test', organization: 'Acme' },
  });
  return async (organizationId = 'org_globex') => {
    target = organizationId;
    act(() => screen.getByRole('button').click());
    await waitFor(() => expect(results).toHaveLength(1));
    return results.pop();
  };
}

test('react/switch-organization: the role changes with the organization', async ({ workos }) => {
  const switchTo = await renderSwitch(workos);
  expect(screen.getByText('org_acme member')).toBeDefined();
  expect(await switchTo()).toBe('switched');
  expect(screen.getByText('org_globex admin')).toBeDefined();
});

test('react/switch-organization: an outage changes nothing, nor what a reload asks for', async ({
  workos,
}) => {
  const switchTo = await renderSwitch(workos);
  const fail = () =>
    workos.failNext(AUTHENTICATE, {
      status: 503,
      headers: { 'access-control-allow-origin': window.location.origin },
    });
  // What the SDK does with it: traps/noted-organization.test.ts
  const noted = () => sessionStorage.getItem('workos-org-id:client_mock');

  await fail();
  expect(await switchTo()).toBe('unavailable');
  expect(screen.getByText('org_acme member')).toBeDefined();
  expect(noted()).toBeNull();
  expect(await switchTo()).toBe('switched');

  await fail();
  expect(await switchTo('org_acme')).toBe('unavailable');
  expect(noted()).toBe('org_globex');
});
