// nextjs/sign-out, trap/sign-out-open-redirect, ask/sign-out-revokes — https://github.com/workos/authkit-nextjs#signing-out
'use server';

import { signOut } from '@workos-inc/authkit-nextjs';
import { headers } from 'next/headers';
import { redirectUriFor } from '../../dynamic-redirect-uri';
import { returnPath } from '../../return-path';

/**
 * Ends the session at WorkOS and in this browser. A form posts here: a link could be prefetched, or put on another site.
 *
 * @param form `returnTo`: a path of this app. Its absolute form must be among the sign-out redirects of the dashboard.
 * @throws The redirect that Next.js follows: never catch it.
 */
export async function signOutAction(form: FormData): Promise<void> {
  // The SDK redirects to any host when there is no session left to end, so that this app decides where to.
  const path = returnPath(form.get('returnTo')) ?? '/signed-out';
  await signOut({ returnTo: new URL(path, redirectUriFor({ headers: await headers() })).href });
}
