// nextjs/middleware-to-proxy — https://github.com/workos/authkit-nextjs#callback-route
import type { Metadata } from 'next';
import { type SignInFailure, signInFailures } from '../callback/sign-in-failure';
import { PlainLink } from '../../plain-link';
import { returnPath } from '../../return-path';

export const metadata: Metadata = { title: 'Sign-in failed' };

/** What happened, in words that a person can act on. */
const messages: Record<SignInFailure, [title: string, text: string]> = {
  access_denied: [
    'You are not signed in',
    'The sign-in was cancelled or refused. If you did not mean to cancel, try again.',
  ],
  not_allowed: [
    'You cannot sign in this way',
    'The sign-in service refused. Try again, or ask an administrator of your organization.',
  ],
  session_too_large: [
    'Your account has too many permissions',
    'Your browser could not keep you signed in. Ask whoever runs this app to give your role fewer permissions.',
  ],
  missing_auth_params: [
    'This address finishes a sign-in',
    'It was opened by itself, so there is nothing to finish. Start a sign-in here.',
  ],
  missing_pkce_cookie: [
    'This sign-in cannot be finished here',
    'It was started in another browser, more than ten minutes ago, or is finished already. Cookies must be allowed.',
  ],
  oauth_state_mismatch: [
    'This sign-in was not started here',
    'It does not belong to this browser, so it was refused for your safety.',
  ],
  code_refused: [
    'This sign-in has expired',
    'Its code was used already or is too old. Try again: it takes a moment.',
  ],
  workos_unavailable: [
    'Sign-in is unavailable',
    'The sign-in service does not answer right now. Try again in a moment.',
  ],
  unknown: ['Sign-in failed', 'Something went wrong on our side. Try again.'],
};

export default async function SignInFailedPage({ searchParams }: PageProps<'/sign-in-failed'>) {
  const { reason, returnTo } = await searchParams;
  const page = returnPath(returnTo);
  const [title, text] = messages[signInFailures.find((known) => known === reason) ?? 'unknown'];
  return (
    <article>
      <h1>{title}</h1>
      <p className="lead">{text}</p>
      <p className="actions">
        <PlainLink
          className="button primary"
          href={page ? `/sign-in?returnTo=${encodeURIComponent(page)}` : '/sign-in'}
        >
          {page ? 'Try again' : 'Sign in'}
        </PlainLink>
        <PlainLink className="button" href="/">
          Start page
        </PlainLink>
      </p>
    </article>
  );
}
