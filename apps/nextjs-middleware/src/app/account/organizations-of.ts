// nextjs/middleware-to-proxy — https://github.com/workos/authkit-nextjs#advanced-direct-access-to-the-workos-client
import { getWorkOS } from '@workos-inc/authkit-nextjs';

/** An organization that a person may choose. */
export interface Organization {
  id: string;
  name: string;
}

/**
 * The organizations that a person is an active member of, by name, at most 100.
 *
 * @param userId From the session, never from the request: the API key may read everybody's.
 * @throws The SDK's exceptions when WorkOS does not answer; it has retried by then.
 */
export async function organizationsOf(userId: string): Promise<Organization[]> {
  const { data } = await getWorkOS().userManagement.listOrganizationMemberships({
    userId,
    statuses: ['active'],
    limit: 100,
  });
  return data
    .map(({ organizationId, organizationName }) => ({ id: organizationId, name: organizationName }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}
