'use client';

import { useActionState } from 'react';
import { inviteMember } from './invite-member';

export function InviteForm() {
  const [message, action, isPending] = useActionState(inviteMember, '');
  return (
    <form
      action={action}
      className="field"
      onSubmit={(event) => isPending && event.preventDefault()}
    >
      <label htmlFor="email">E-mail address</label>
      <input id="email" name="email" type="email" required autoComplete="off" />
      <button className="button" aria-disabled={isPending}>
        Invite
      </button>
      <output>{message}</output>
    </form>
  );
}
