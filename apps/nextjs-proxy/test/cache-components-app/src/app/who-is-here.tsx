// ask/cache-components — https://nextjs.org/docs/app/api-reference/config/next-config-js/cacheComponents
import { withAuth } from '@workos-inc/authkit-nextjs';

/** The person, rendered for each request. Put it in `<Suspense>`: what is around it is static and there at once. */
export async function WhoIsHere() {
  const { user, organizationId } = await withAuth();
  return (
    <p>
      {user ? `Signed in as ${user.email}` : 'Signed out'}
      {organizationId && ` at ${organizationId}`}
    </p>
  );
}
