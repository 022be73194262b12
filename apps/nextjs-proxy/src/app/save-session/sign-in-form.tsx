'use client';

import { useActionState } from 'react';
import { PlainLink } from '../../plain-link';
import { chooseOrganization, enterCode, start, type Step } from './save-session';

const beginning: Step = { step: 'start' };

/** Each step is a form of its own: what has the focus goes with the one before. */
const focus = (input: HTMLInputElement | null) => input?.focus();

/** A sign-in form of one's own, one step after another. */
export function SignInForm() {
  const [state, act, isPending] = useActionState(
    (previous: Step, form: FormData) =>
      form.has('again')
        ? beginning
        : previous.step === 'start'
          ? start(previous, form)
          : previous.step === 'organization'
            ? chooseOrganization(previous, form)
            : enterCode(previous, form),
    beginning,
  );
  return (
    <form
      action={act}
      className="stack"
      key={state.step}
      onSubmit={(event) => isPending && event.preventDefault()}
    >
      {state.step === 'start' && (
        <>
          <label htmlFor="email">E-mail address</label>
          <input
            id="email"
            name="email"
            type="email"
            required
            autoComplete="username"
            defaultValue={state.email}
          />
          <label htmlFor="password">Password</label>
          <input id="password" name="password" type="password" autoComplete="current-password" />
          <p className="actions">
            <button className="button primary" aria-disabled={isPending}>
              Sign in
            </button>
            <button className="button" name="with" value="code" aria-disabled={isPending}>
              E-mail me a code
            </button>
          </p>
        </>
      )}
      {(state.step === 'code' || state.step === 'verify') && (
        <>
          <label htmlFor="code">Code</label>
          <input
            ref={focus}
            id="code"
            name="code"
            inputMode="numeric"
            required
            autoComplete="one-time-code"
          />
          <p className="actions">
            <button className="button primary" aria-disabled={isPending}>
              Continue
            </button>
          </p>
        </>
      )}
      {state.step === 'organization' && (
        <p className="actions">
          {state.organizations?.map(({ id, name }) => (
            <button key={id} className="button" name="organizationId" value={id}>
              {name}
            </button>
          ))}
        </p>
      )}
      <output>{state.message}</output>
      {state.step !== 'start' && (
        <p className="actions">
          {state.step === 'hosted' && (
            <PlainLink
              className="button primary"
              href={`/sign-in?returnTo=/account&loginHint=${encodeURIComponent(state.email ?? '')}`}
            >
              Continue on the sign-in page
            </PlainLink>
          )}
          <button
            className="button"
            name="again"
            value="yes"
            formNoValidate
            aria-disabled={isPending}
          >
            Start again
          </button>
        </p>
      )}
    </form>
  );
}
