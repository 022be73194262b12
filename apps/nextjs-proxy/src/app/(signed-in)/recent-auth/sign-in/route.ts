// nextjs/recent-auth — https://github.com/workos/authkit-nextjs#re-authentication
import { getSignInUrl, withAuth } from '@workos-inc/authkit-nextjs';
import { redirect } from 'next/navigation';

/** Asks the person to prove again who they are, even though they are signed in. */
export async function GET(): Promise<never> {
  const { user, organizationId } = await withAuth();
  redirect(
    await getSignInUrl({
      maxAge: 300,
      loginHint: user?.email,
      organizationId,
      returnTo: '/recent-auth',
    }),
  );
}
