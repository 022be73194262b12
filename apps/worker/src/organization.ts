// node/confidential-client — https://workos.com/docs/reference/organization
import { workosFor } from './workos';

/** An organization and who is in it. */
export interface OrganizationWithMembers {
  id: string;
  name: string;
  members: { id: string; email: string; role: string }[];
}

/**
 * Reads an organization with its members, at most 100.
 *
 * @param organizationId From the credential of the caller, never from the request: the API key reads everybody's.
 */
export async function readOrganization(
  env: Env,
  organizationId: string,
): Promise<OrganizationWithMembers> {
  const { organizations, userManagement } = await workosFor(env);
  const [{ id, name }, users, memberships] = await Promise.all([
    organizations.getOrganization(organizationId),
    userManagement.listUsers({ organizationId, limit: 100 }),
    userManagement.listOrganizationMemberships({ organizationId, limit: 100 }),
  ]);
  const emails = new Map(users.data.map((user) => [user.id, user.email]));
  const members = memberships.data.map(({ userId, role }) => ({
    id: userId,
    email: emails.get(userId) ?? '',
    role: role.slug,
  }));
  return { id, name, members };
}

/**
 * The organizations that a person is an active member of, at most 100, for clients that cannot ask WorkOS themselves.
 *
 * @param userId From the access token, never from the request.
 */
export async function listOrganizationsOf(
  env: Env,
  userId: string,
): Promise<{ id: string; name: string }[]> {
  const { userManagement } = await workosFor(env);
  const { data } = await userManagement.listOrganizationMemberships({
    userId,
    statuses: ['active'],
    limit: 100,
  });
  return data.map(({ organizationId, organizationName }) => ({
    id: organizationId,
    name: organizationName,
  }));
}
