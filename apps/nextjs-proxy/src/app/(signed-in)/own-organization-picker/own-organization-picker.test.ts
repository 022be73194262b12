import { withAuth } from '@workos-inc/authkit-nextjs';
import { expect, test } from 'workos-mock/vitest';
import { inRequest } from '../../../../test/in-request';
import { pickOrganization } from './own-organization-picker';

function pick(cookies: Record<string, string>, organizationId: string) {
  const form = new FormData();
  form.set('organizationId', organizationId);
  return inRequest('/own-organization-picker', cookies, () => pickOrganization(form));
}

test('nextjs/own-organization-picker: picked, switched, remembered', async ({ workos }) => {
  const grace = await workos.signIn({ email: 'grace@acme.test', organization: 'Acme' });
  const { redirect, cookies } = await pick(grace.cookies, 'org_globex');
  expect(redirect).toBe('/own-organization-picker');
  expect(cookies['last-organization']).toBe('org_globex');
  const { result } = await inRequest('/account', cookies, () => withAuth());
  expect(result?.organizationId).toBe('org_globex');
});

test.for(['org_globex', '', 'org_nope'])(
  'nextjs/own-organization-picker: "%s" is not Ada’s [attack/cross-tenant]',
  async (id, { workos }) => {
    const ada = await workos.signIn({ email: 'ada@acme.test' });
    const { redirect, cookies } = await pick(ada.cookies, id);
    expect(redirect).toBe('/own-organization-picker?refused=1');
    expect(cookies).toEqual({});
  },
);
