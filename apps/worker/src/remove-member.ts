// node/confidential-client — https://workos.com/docs/reference/authkit/organization-membership/delete
import { ApiError } from './api-error';
import { isWorkosError, workosFor } from './workos';

/**
 * Takes a person out of an organization. The API key may do this to everybody, so the person is looked up within the
 * organization: an administrator of one tenant does not reach the members of another.
 *
 * @param organizationId From the credential of the caller.
 * @param userId From the request.
 * @throws ApiError 404 when the organization has no such member.
 */
export async function removeMember(
  env: Env,
  organizationId: string,
  userId: string,
): Promise<void> {
  const { userManagement } = await workosFor(env);
  const { data } = await userManagement.listOrganizationMemberships({ userId, organizationId });
  const [membership] = data;
  if (!membership) throw new ApiError(404, 'not_found', 'The organization has no such member');
  try {
    await userManagement.deleteOrganizationMembership(membership.id);
  } catch (error) {
    // Somebody else was faster, or the first attempt of the SDK's two got through: gone is gone.
    if (!isWorkosError(error, 404)) throw error;
  }
}
