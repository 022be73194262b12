import type { Metadata } from 'next';
import { PlainLink } from '../../../plain-link';

export const metadata: Metadata = { title: 'You are not signed in' };

const REASONS = new Map([
  ['access_denied', 'The sign-in was cancelled or refused.'],
  [
    'workos_unavailable',
    'The service that signs people in does not answer right now. Try again in a moment.',
  ],
]);
const OTHER =
  'This sign-in could not be finished: it is too old, was finished already, or was begun in another browser.';

export default async function SignInFailedPage({ searchParams }: PageProps<'/sign-in-failed'>) {
  const { reason } = await searchParams;
  return (
    <article>
      <h1>You are not signed in</h1>
      <p className="lead">{REASONS.get(String(reason)) ?? OTHER}</p>
      <p className="actions">
        <PlainLink className="button primary" href="/sign-in">
          Sign in
        </PlainLink>
      </p>
    </article>
  );
}
