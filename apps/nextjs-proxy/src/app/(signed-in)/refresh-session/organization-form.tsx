'use client';

import { useActionState } from 'react';
import { changeOrganization } from './refresh-session';

export function OrganizationForm({ choices }: { choices: { id: string; name: string }[] }) {
  const [message, action, isPending] = useActionState(changeOrganization, '');
  return (
    <form action={action} onSubmit={(event) => isPending && event.preventDefault()}>
      <p className="actions">
        {choices.map(({ id, name }) => (
          <button
            key={id}
            className="button"
            name="organizationId"
            value={id}
            aria-disabled={isPending}
          >
            {name}
          </button>
        ))}
      </p>
      <output>{message}</output>
    </form>
  );
}
