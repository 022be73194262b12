import { expectTypeOf, test } from 'vitest';
import type { WorkOS } from 'workos-node-11';

declare const v11: WorkOS;

test('migrate/v9-to-v11: the old names do not compile', async () => {
  // @ts-expect-error: adminPortal
  void v11.portal;
  // @ts-expect-error: authorization
  void v11.fga;
  // @ts-expect-error: createValidation
  void v11.apiKeys.validateApiKey;
  // @ts-expect-error: createToken
  void v11.widgets.getToken;
  // @ts-expect-error: authorization
  void v11.organizations.listOrganizationRoles;
  // @ts-expect-error: getOrganizationDomain
  void v11.organizationDomains.get;
  // @ts-expect-error: the id alone
  void v11.authorization.listOrganizationRoles({ organizationId: '' });
  // @ts-expect-error: { token }
  void (await v11.widgets.createToken({ organizationId: '' })).length;
  expectTypeOf(v11.widgets.createToken).returns.resolves.toHaveProperty('token');
});
