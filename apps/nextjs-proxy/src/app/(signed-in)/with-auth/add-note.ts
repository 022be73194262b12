// nextjs/with-auth — https://github.com/workos/authkit-nextjs#get-the-current-user-in-a-server-component
'use server';

import { revalidatePath } from 'next/cache';
import { storeNote } from './notes';
import { requireMember } from './with-auth';

/**
 * Adds a note to an organization. It says why not instead of redirecting: a redirect to AuthKit cannot be followed by the
 * `fetch` that calls an action.
 *
 * @param previous Of `useActionState`; not used.
 * @param form `organizationId` and `note`, which a request may have made up, both of them.
 * @returns What to tell the person.
 */
export async function addNote(previous: string, form: FormData): Promise<string> {
  const organizationId = String(form.get('organizationId'));
  const note = String(form.get('note')).trim().slice(0, 200);
  const { refusal, member } = await requireMember(organizationId, 'posts:write');
  if (refusal) return refusal.message;
  if (!note) return 'Write something first.';
  storeNote(organizationId, `${member.name}: ${note}`);
  revalidatePath('/with-auth');
  return 'Added.';
}
