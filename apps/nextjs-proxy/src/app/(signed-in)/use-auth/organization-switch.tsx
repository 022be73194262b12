// nextjs/use-auth, trap/stale-token-after-switch — https://github.com/workos/authkit-nextjs#get-the-current-user-in-a-client-component
'use client';

import { useAuth } from '@workos-inc/authkit-nextjs/components';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { PlainLink } from '../../../plain-link';

/**
 * Lets a person work in another of their organizations.
 *
 * @param organizations Those that they are a member of; WorkOS refuses any other, whatever the browser sends.
 * @param onSwitched `refresh` of `useAccessToken()` on a page that uses tokens: they stay those of the old organization until
 *   they are refreshed.
 */
export function OrganizationSwitch({
  organizations,
  onSwitched,
}: {
  organizations: { id: string; name: string }[];
  onSwitched?: () => Promise<unknown>;
}) {
  const { organizationId, switchToOrganization } = useAuth();
  const router = useRouter();
  const [switched, setSwitched] = useState(false);
  const [refused, setRefused] = useState<string>();
  const [isPending, startTransition] = useTransition();

  function choose(id: string) {
    setSwitched(false);
    setRefused(undefined);
    startTransition(async () => {
      try {
        await switchToOrganization(id);
        await onSwitched?.();
        // The provider has the new role now; server components get it from a new render.
        router.refresh();
        setSwitched(true);
      } catch {
        // Not a member any more, a sign-in of its own is asked for, or there is no answer: Next.js hides from the browser which.
        setRefused(id);
      }
    });
  }

  const current = organizations.find(({ id }) => id === organizationId)?.name;
  if (organizations.length === 0) return <p>You are in no organization.</p>;
  return (
    // A form, because React keeps its actions from the first paint on: a click that comes before the code is not lost.
    <form
      className="switch"
      aria-busy={isPending}
      onSubmit={(event) => isPending && event.preventDefault()}
    >
      <fieldset>
        <legend>Working in</legend>
        {organizations.map(({ id, name }) => (
          <button
            key={id}
            className="button"
            aria-pressed={id === organizationId}
            // Not `disabled`, which would take the focus away from who uses a keyboard.
            aria-disabled={isPending}
            formAction={() => choose(id)}
          >
            {name}
          </button>
        ))}
      </fieldset>
      <output>
        {isPending && 'Switching…'}
        {switched && !isPending && `You are working in ${current} now.`}
        {refused && (
          <>
            That organization did not let you in, or WorkOS does not answer. Try again, or{' '}
            <PlainLink href={`/sign-in?organizationId=${encodeURIComponent(refused)}`}>
              sign in to it
            </PlainLink>
            .
          </>
        )}
      </output>
    </form>
  );
}
