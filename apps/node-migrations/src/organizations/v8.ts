// migrate/organizations — https://github.com/workos/workos-node/blob/main/docs/V8_MIGRATION_GUIDE.md#organizations

import { DomainDataState, type Organization, type WorkOS } from 'workos-node-8';

/** Makes an organization that owns a domain. `Verified` says that you know they own it; else it is `Pending`. */
export async function createTenant(
  workos: WorkOS,
  name: string,
  domain: string,
): Promise<Organization> {
  return workos.organizations.createOrganization({
    name,
    domainData: [{ domain, state: DomainDataState.Verified }],
  });
}
