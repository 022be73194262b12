import { withAuth } from '@workos-inc/authkit-nextjs';

// trap/cookies-in-server-component
export default async function Page() {
  const { user } = await withAuth({ ensureSignedIn: true });
  return <p>{user.email}</p>;
}
