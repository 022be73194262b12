'use client';

import { PlainLink } from '../../plain-link';

/** What a person sees when a page or an action fails, most often because something did not answer. */
export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <article role="alert">
      <h1>This page could not be shown</h1>
      <p className="lead">
        Something that it needs did not answer. You are still signed in; try again in a moment.
      </p>
      <p className="actions">
        <PlainLink className="button primary" href="">
          Try again
        </PlainLink>
        <PlainLink className="button" href="/">
          Start page
        </PlainLink>
      </p>
      {error.digest && <p className="muted">For the log: {error.digest}</p>}
    </article>
  );
}
