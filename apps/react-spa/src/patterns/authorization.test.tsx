import { screen } from '@testing-library/react';
import { expect, test } from 'workos-mock/vitest';
import { renderWithAuth } from '../test/render-with-auth';
import { Allowed, type Requirement } from './authorization';

const ada = { email: 'ada@acme.test' };
const grace = { email: 'grace@acme.test', organization: 'Acme' };

test.for<[string, { email: string; organization?: string } | undefined, Requirement, boolean]>([
  ['an admin writes posts', ada, { permission: 'posts:write' }, true],
  ['a member does not', grace, { permission: 'posts:write' }, false],
  ['a member reads them', grace, { permission: 'posts:read' }, true],
  ['a role of the organization', ada, { role: 'admin' }, true],
  ['another role', grace, { role: 'admin' }, false],
  ['a flag that is on', grace, { featureFlag: 'beta-dashboard' }, true],
  ['a flag that is off', ada, { featureFlag: 'dark-launch' }, false],
  ['all that is named must be there', ada, { role: 'admin', featureFlag: 'dark-launch' }, false],
  ['nobody is allowed anything', undefined, {}, false],
])('react/authorization: %s', async ([, as, when, expected], { workos }) => {
  await renderWithAuth(
    workos,
    <Allowed when={when} otherwise="refused">
      shown
    </Allowed>,
    as ? { as } : {},
  );
  expect(screen.queryByText('shown') !== null).toBe(expected);
  expect(screen.queryByText('refused') !== null).toBe(!expected);
});

test('react/authorization: the second role of somebody who has two counts as the first', async ({
  workos,
}) => {
  const { email, memberships } = await workos.createUser({
    memberships: [{ organization: 'Acme' }],
  });
  const membership = `/user_management/organization_memberships/${memberships[0]!.id}`;
  await workos.fetch(
    new Request(workos.url + membership, {
      method: 'PUT',
      headers: { authorization: 'Bearer sk_test_default', 'content-type': 'application/json' },
      body: JSON.stringify({ role_slugs: ['member', 'admin'] }),
    }),
  );
  await renderWithAuth(workos, <Allowed when={{ role: 'admin' }}>shown</Allowed>, {
    as: { email },
  });
  expect(screen.getByText('shown')).toBeDefined();
});
