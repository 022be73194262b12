import { withAuth } from '@workos-inc/authkit-nextjs';

// ask/matcher-coverage
export default async function Page() {
  const { user } = await withAuth();
  return <p>{user?.email}</p>;
}
