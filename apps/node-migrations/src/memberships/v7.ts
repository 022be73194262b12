// migrate/memberships — https://github.com/workos/workos-node/blob/main/docs/V8_MIGRATION_GUIDE.md#listorganizationmemberships-now-requires-userid-or-organizationid

import type { WorkOS } from 'workos-node-7';

/** Who is a member of an organization, by user id. Version 7 compiles without the organization too; WorkOS refuses it. */
export async function listMembers(workos: WorkOS, organizationId: string): Promise<string[]> {
  const members = await workos.userManagement.listOrganizationMemberships({ organizationId });
  return (await members.autoPagination()).map(({ userId }) => userId);
}
