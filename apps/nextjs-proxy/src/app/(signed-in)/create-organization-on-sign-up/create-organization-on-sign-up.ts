// nextjs/create-organization-on-sign-up — https://github.com/workos/authkit-nextjs#onsuccess-callback-data
import { getWorkOS, refreshSession } from '@workos-inc/authkit-nextjs';
import type { User } from '@workos-inc/node';

/**
 * Gives a new person an organization of their own, and makes this session one of it. Run it in `onSuccess`. The
 * organization's external id is the person's id, so that a second run, at once or later, finds the first one's.
 *
 * @param user Who has signed in.
 * @param name What they call it.
 * @returns The organization's id; undefined when they are a member of one already.
 * @throws The SDK's exceptions: the sign-in fails then, and the next one tries again.
 */
export async function createOrganizationFor(user: User, name: string): Promise<string | undefined> {
  const { organizations, userManagement } = getWorkOS();
  const { data } = await userManagement.listOrganizationMemberships({ userId: user.id, limit: 1 });
  if (data.length > 0) return undefined;
  const { id } = await organizations
    .createOrganization({ name, externalId: user.id }, { idempotencyKey: `first-${user.id}` })
    .catch(() => organizations.getOrganizationByExternalId(user.id));
  await userManagement
    .createOrganizationMembership({ organizationId: id, userId: user.id, roleSlug: 'admin' })
    .catch(async (error: unknown) => {
      // Of two callbacks at once the second finds the membership made.
      const made = await userManagement.listOrganizationMemberships({ userId: user.id, limit: 1 });
      if (made.data.length === 0) throw error;
    });
  await refreshSession({ organizationId: id });
  return id;
}
