'use client';

import { useAuth } from '@workos-inc/authkit-nextjs/components';
import { signOutAction } from '../sign-out/sign-out';

/** Who is signed in, on every page, and the way out. */
export function SessionBar() {
  const { user, role } = useAuth();
  if (!user) return null;
  return (
    <div className="session">
      <span>
        Signed in as{' '}
        <b>{[user.firstName, user.lastName].filter(Boolean).join(' ') || user.email}</b>
        {role && <> · {role}</>}
      </span>
      <form action={signOutAction}>
        <button className="plain">Sign out</button>
      </form>
    </div>
  );
}
