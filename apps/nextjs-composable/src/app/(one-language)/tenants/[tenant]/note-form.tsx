'use client';

import { useActionState } from 'react';
import { addNote } from './add-note';

export function NoteForm() {
  const [message, action, isPending] = useActionState(addNote, '');
  return (
    <form
      action={action}
      className="field"
      onSubmit={(event) => isPending && event.preventDefault()}
    >
      <label htmlFor="note">New note</label>
      <input id="note" name="note" maxLength={200} autoComplete="off" />
      <button className="button" aria-disabled={isPending}>
        Add
      </button>
      <output>{message}</output>
    </form>
  );
}
