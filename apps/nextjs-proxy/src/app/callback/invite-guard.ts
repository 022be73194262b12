// ask/invite-guard — https://github.com/workos/authkit-nextjs#onsuccess-callback-data
import { getWorkOS } from '@workos-inc/authkit-nextjs';
import type { User } from '@workos-inc/node';

/** Somebody who has an account but no place in any organization. */
export class NotInvited extends Error {
  override name = 'NotInvited';
}

/**
 * Lets in members only, when SIGN_IN_BY_INVITATION_ONLY is `true`. Who accepts an invitation is a member by the time that the
 * callback runs; an invitation that expired, was revoked, or went to another address has made nobody one.
 *
 * @param user Who is about to be signed in.
 * @throws NotInvited, from `onSuccess`: the SDK takes the cookie back before it reaches the browser. It ends nothing at AuthKit.
 */
export async function requireInvitation(user: User): Promise<void> {
  if (process.env.SIGN_IN_BY_INVITATION_ONLY !== 'true') return;
  const { data } = await getWorkOS().userManagement.listOrganizationMemberships({
    userId: user.id,
    statuses: ['active'],
    limit: 1,
  });
  if (data.length === 0) throw new NotInvited(`${user.id} is not a member of any organization.`);
}
