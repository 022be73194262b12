// nextjs/create-organization-on-sign-up — https://github.com/workos/authkit-nextjs#onsuccess-callback-data
import { getWorkOS, refreshSession } from '@workos-inc/authkit-nextjs';
import type { ListOrganizationMembershipsOptions as Members, User } from '@workos-inc/node';

/**
 * Gives a new person an organization of their own, and makes this session one of it. Run it in `onSuccess`. The
 * organization's external id is the person's id, so that a second run, at once or later, finds the first one's. Whoever has
 * left it, or was put out of it by those who run it now, does not come back in by signing up again.
 *
 * @param user Who has signed in.
 * @param name What they call it.
 * @returns The organization's id; undefined when they are a member of one already, or theirs belongs to others by now.
 * @throws The SDK's exceptions: the sign-in fails then, and the next one tries again.
 */
export async function createOrganizationFor(user: User, name: string): Promise<string | undefined> {
  const { organizations, userManagement } = getWorkOS();
  const one = { statuses: ['active', 'inactive'], limit: 1 } satisfies Partial<Members>;
  const mine = await userManagement.listOrganizationMemberships({ userId: user.id, ...one });
  if (mine.data.length > 0) return undefined;
  const { id } = await organizations
    .createOrganization({ name, externalId: user.id }, { idempotencyKey: `first-${user.id}` })
    .catch((error: unknown) =>
      // It is there already; when it is not, what went wrong is something else.
      organizations.getOrganizationByExternalId(user.id).catch(() => Promise.reject(error)),
    );
  const members = await userManagement.listOrganizationMemberships({ organizationId: id, ...one });
  if (members.data.some(({ userId }) => userId !== user.id)) return undefined;
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
