// nextjs/with-auth — https://github.com/workos/authkit-nextjs#get-the-current-user-in-a-server-component
import { withAuth } from '@workos-inc/authkit-nextjs';
import { notesOf } from './notes';

/** What is wrong with a request, as an HTTP status and a sentence. */
export interface Refusal {
  status: 401 | 403;
  message: string;
}

/** Exactly one of the two. */
type Answer =
  | { member: { id: string; name: string }; refusal?: never }
  | { member?: never; refusal: Refusal };

/**
 * Checks that whoever asks may work in an organization. Server actions and route handlers are addresses that anybody can
 * call, so each of them asks, whatever the page around it has checked.
 *
 * @param organizationId The organization that the request is about.
 * @param permission A permission that their role must have there.
 * @returns The member, or why not.
 */
export async function requireMember(organizationId: string, permission: string): Promise<Answer> {
  const { user, organizationId: current, permissions = [] } = await withAuth();
  if (!user) return refuse(401, 'Sign in first.');
  if (current !== organizationId) return refuse(403, 'You are not working in this organization.');
  if (!permissions.includes(permission)) {
    return refuse(403, `Your role does not have the permission ${permission}.`);
  }
  return { member: { id: user.id, name: user.firstName ?? user.email } };
}

/** The notes of an organization, for those who may read them. */
export async function readNotes(organizationId: string) {
  const { refusal } = await requireMember(organizationId, 'posts:read');
  return refusal ? { refusal } : { notes: notesOf(organizationId) };
}

function refuse(status: Refusal['status'], message: string): Answer {
  return { refusal: { status, message } };
}
