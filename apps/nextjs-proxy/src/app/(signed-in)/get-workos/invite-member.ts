// nextjs/get-workos — https://github.com/workos/authkit-nextjs#advanced-direct-access-to-the-workos-client
'use server';

import { getWorkOS, withAuth } from '@workos-inc/authkit-nextjs';
import { z } from 'zod';

/**
 * Invites somebody to the organization that the person works in. The API key may invite to any: who may invite, and where to,
 * comes from the session alone.
 *
 * @param previous Of `useActionState`; not used.
 * @param form `email`.
 * @returns What to tell the person.
 */
export async function inviteMember(previous: string, form: FormData): Promise<string> {
  const { user, organizationId, permissions = [] } = await withAuth();
  if (!user || !organizationId) return 'Sign in to an organization first.';
  if (!permissions.includes('users:manage')) return 'Your role may not invite people.';
  const email = z.email().safeParse(form.get('email'));
  if (!email.success) return 'That is not an e-mail address.';
  try {
    const invitation = await getWorkOS().userManagement.sendInvitation({
      email: email.data,
      organizationId,
      inviterUserId: user.id,
      roleSlug: 'member',
    });
    return `Invited ${invitation.email}.`;
  } catch (error) {
    const { code } = Object(error) as { code?: string };
    if (code === 'user_already_organization_member') return 'They are a member already.';
    if (code === 'email_already_invited_to_organization') return 'They have been invited already.';
    return 'The invitation could not be sent. Try again in a moment.';
  }
}
