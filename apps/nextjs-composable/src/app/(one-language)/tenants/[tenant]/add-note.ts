// nextjs/rewrites — https://github.com/workos/authkit-nextjs#advanced-composition
'use server';

import { withAuth } from '@workos-inc/authkit-nextjs';
import { revalidatePath } from 'next/cache';
import { storeNote } from './notes';

/**
 * Adds a note to the organization of whoever asks. Which one comes from the session, not from the form or the address: both can
 * be written by anybody.
 *
 * @param previous Of `useActionState`; not used.
 * @param form `note`.
 * @returns What to tell the person.
 */
export async function addNote(previous: string, form: FormData): Promise<string> {
  const { user, organizationId } = await withAuth();
  if (!user || !organizationId) return 'Sign in to an organization first.';
  const note = String(form.get('note')).trim().slice(0, 200);
  if (!note) return 'Write something first.';
  storeNote(organizationId, `${user.firstName ?? user.email}: ${note}`);
  // The path that the page is rendered at, not the one in the address bar.
  revalidatePath(`/tenants/${organizationId}`);
  return 'Added.';
}
