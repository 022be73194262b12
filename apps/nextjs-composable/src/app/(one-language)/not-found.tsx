import type { Metadata } from 'next';
import { PlainLink } from '../../plain-link';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <article>
      <h1>There is no such page</h1>
      <p className="lead">The address may be mistyped, or the page has moved.</p>
      <p className="actions">
        <PlainLink className="button primary" href="/">
          Start page
        </PlainLink>
      </p>
    </article>
  );
}
