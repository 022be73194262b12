'use client';

import { useRecentAuth } from '@workos-inc/authkit-nextjs/components';
import { useActionState } from 'react';
import { PlainLink } from '../../../plain-link';
import { deleteEverything } from './recent-auth';

/** The hook tells in advance; the action decides. */
export function DeleteButton() {
  const { authenticatedAt } = useRecentAuth({ maxAge: 300 });
  const [outcome, action, isPending] = useActionState(() => deleteEverything(), undefined);
  return (
    <form action={action} onSubmit={(event) => isPending && event.preventDefault()}>
      <p>
        You last signed in {authenticatedAt ? `at ${authenticatedAt.toLocaleTimeString()}` : '…'}.
      </p>
      <button className="button" aria-disabled={isPending}>
        Delete everything
      </button>
      <output>
        {outcome === 'done' && 'Everything is gone. (Nothing was: this is an example.)'}
        {outcome && outcome !== 'done' && (
          <PlainLink href="/recent-auth/sign-in">Confirm that it is you, then try again</PlainLink>
        )}
      </output>
    </form>
  );
}
