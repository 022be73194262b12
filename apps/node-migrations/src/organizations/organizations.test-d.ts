import { expectTypeOf, test } from 'vitest';
import type { WorkOS as WorkOS8 } from 'workos-node-8';
import { OrganizationDomainState, type WorkOS as WorkOS11 } from 'workos-node-11';

declare const v8: WorkOS8;
declare const v11: WorkOS11;

test('migrate/organizations: the old fields do not compile', () => {
  // @ts-expect-error: domainData
  void v8.organizations.createOrganization({ name: '', domains: [''] });
  // @ts-expect-error: domainData
  void v11.organizations.createOrganization({ name: '', domains: [''] });
  // @ts-expect-error: no successor
  void v8.organizations.createOrganization({ name: '', allowProfilesOutsideOrganization: true });
  // @ts-expect-error: domainData
  void v11.organizations.updateOrganization({ organization: '', domains: [''] });
  // @ts-expect-error: Verified
  void OrganizationDomainState.LegacyVerified;
  expectTypeOf(v11.organizations.createOrganization).parameter(0).toHaveProperty('domainData');
});
