// nextjs/recent-auth — https://github.com/workos/authkit-nextjs#re-authentication
'use server';

import { checkRecentAuth, withAuth } from '@workos-inc/authkit-nextjs';

/** How long ago a person may have signed in to do something that cannot be undone, in seconds. */
const MAX_AGE = 300;

/**
 * Does something destructive, for who has proved lately who they are: a session lives for weeks, on a laptop in a café too.
 *
 * @returns What happened. `reauth`: send the person to /recent-auth/sign-in first.
 */
export async function deleteEverything(): Promise<'done' | 'reauth' | 'signed-out'> {
  const { user } = await withAuth();
  if (!user) return 'signed-out';
  // The answer is "stale" too when the token has no auth_time.
  const { isStale } = await checkRecentAuth({ maxAge: MAX_AGE });
  if (isStale) return 'reauth';
  return 'done';
}
