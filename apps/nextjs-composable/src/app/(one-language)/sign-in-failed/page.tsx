import type { Metadata } from 'next';
import { PlainLink } from '../../../plain-link';
import { returnPath } from '../../../return-path';

export const metadata: Metadata = { title: 'You are not signed in' };

const REASONS = new Map([
  ['access_denied', 'The sign-in was cancelled or refused.'],
  [
    'session_too_large',
    'Your browser could not keep you signed in: your account has too many permissions. Ask whoever runs this app to give your role fewer.',
  ],
  [
    'workos_unavailable',
    'The service that signs people in does not answer right now. Try again in a moment.',
  ],
]);
const OTHER =
  'This sign-in could not be finished: it is too old, was finished already, or was begun in another browser.';

export default async function SignInFailedPage({ searchParams }: PageProps<'/sign-in-failed'>) {
  const { reason, returnTo } = await searchParams;
  const page = returnPath(returnTo);
  return (
    <article>
      <h1>You are not signed in</h1>
      <p className="lead">{REASONS.get(String(reason)) ?? OTHER}</p>
      <p className="actions">
        <PlainLink
          className="button primary"
          href={page ? `/sign-in?returnTo=${encodeURIComponent(page)}` : '/sign-in'}
        >
          {page ? 'Try again' : 'Sign in'}
        </PlainLink>
      </p>
    </article>
  );
}
