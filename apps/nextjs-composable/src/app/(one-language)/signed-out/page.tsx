import type { Metadata } from 'next';
import { PlainLink } from '../../../plain-link';

export const metadata: Metadata = { title: 'Signed out' };

export default function SignedOutPage() {
  return (
    <article>
      <h1>You are signed out</h1>
      <p className="lead">The session has ended at WorkOS and in this browser.</p>
      <p className="actions">
        <PlainLink className="button primary" href="/sign-in">
          Sign in again
        </PlainLink>
        <PlainLink className="button" href="/">
          Start page
        </PlainLink>
      </p>
    </article>
  );
}
