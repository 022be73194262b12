import type { Metadata } from 'next';
import { PlainLink } from '../../../plain-link';

export const metadata: Metadata = { title: 'Sign-in is unavailable' };

/** Shown in place of the page that was asked for, at its address: an empty `href` asks for it again. */
export default function UnavailablePage() {
  return (
    <article>
      <h1>Sign-in is unavailable</h1>
      <p className="lead">
        The service that signs people in does not answer right now. Nothing is lost: try again in a
        moment, and you come to the page that you asked for.
      </p>
      <p className="actions">
        <PlainLink className="button primary" href="">
          Try again
        </PlainLink>
        <PlainLink className="button" href="/">
          Start page
        </PlainLink>
      </p>
    </article>
  );
}
