// nextjs/use-auth — https://github.com/workos/authkit-nextjs#get-the-current-user-in-a-client-component
'use client';

import { useAuth } from '@workos-inc/authkit-nextjs/components';
import { useState } from 'react';
import { Facts } from '../../../demo';

/**
 * The session as the browser knows it: enough to decide what to show, never enough to decide what to allow. Without
 * `ensureSignedIn`, which comes back to another page (trap/ensure-signed-in-loses-path): the proxy has asked already.
 */
export function CurrentUser() {
  const { user, organizationId, role, permissions, loading, refreshAuth, signOut } = useAuth();
  const [problem, setProblem] = useState<string>();

  async function refresh() {
    // It answers with the error instead of throwing it.
    const result = await refreshAuth();
    setProblem(result ? 'The session could not be refreshed. Try again.' : undefined);
  }

  return (
    <>
      <Facts
        facts={{
          'E-mail address': user?.email,
          Organization: organizationId,
          Role: role,
          Permissions: permissions?.join(', '),
        }}
      />
      {/* In a form, whose actions React keeps from the first paint on: a click that comes before the code is not lost. */}
      <form className="actions" onSubmit={(event) => loading && event.preventDefault()}>
        <button className="button" aria-disabled={loading} formAction={refresh}>
          Refresh the session
        </button>
        <button
          className="button"
          formAction={() => signOut({ returnTo: `${window.location.origin}/signed-out` })}
        >
          Sign out
        </button>
      </form>
      <output>{problem}</output>
    </>
  );
}
