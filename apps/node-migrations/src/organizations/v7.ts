// migrate/organizations — https://github.com/workos/workos-node/blob/main/docs/V8_MIGRATION_GUIDE.md#organizations

import type { Organization, WorkOS } from 'workos-node-7';

/** Makes an organization that owns a domain. */
export async function createTenant(
  workos: WorkOS,
  name: string,
  domain: string,
): Promise<Organization> {
  return workos.organizations.createOrganization({
    name,
    domains: [domain],
    allowProfilesOutsideOrganization: false,
  });
}
