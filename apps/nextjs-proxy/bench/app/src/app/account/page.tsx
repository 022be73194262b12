import { withAuth } from '@workos-inc/authkit-nextjs';

export default async function AccountPage() {
  return <p>Hello, {(await withAuth()).user?.email}</p>;
}
