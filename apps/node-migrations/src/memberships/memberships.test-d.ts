import { expectTypeOf, test } from 'vitest';
import type { WorkOS as WorkOS7 } from 'workos-node-7';
import type { WorkOS as WorkOS8 } from 'workos-node-8';
import type { WorkOS as WorkOS11 } from 'workos-node-11';

declare const v7: WorkOS7;
declare const v8: WorkOS8;
declare const v11: WorkOS11;

test('migrate/memberships: a call without a user and an organization compiles on version 7 alone', () => {
  void v7.userManagement.listOrganizationMemberships({});
  // @ts-expect-error: userId or organizationId
  void v8.userManagement.listOrganizationMemberships({});
  // @ts-expect-error: userId or organizationId
  void v11.userManagement.listOrganizationMemberships({});
  void v11.userManagement.listOrganizationMemberships({ userId: '', organizationId: '' });
  expectTypeOf(v11.userManagement.listOrganizationMemberships).toBeFunction();
});
