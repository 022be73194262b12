'use client';

import { useAuth } from '@workos-inc/authkit-nextjs/components';

// trap/ensure-signed-in-loses-path
export default function Page() {
  const { user } = useAuth({ ensureSignedIn: true });
  return <p>{user?.email}</p>;
}
