import { Card } from '../demo';
import { PlainLink } from '../plain-link';

export default function HomePage() {
  return (
    <article>
      <h1>AuthKit beside your own proxy</h1>
      <p className="lead">
        <code>authkit()</code> in a <code>proxy.ts</code> that does other work too: a rate limit,
        tenants with addresses of their own, sign-in on preview deployments.
      </p>
      <p className="actions">
        <PlainLink className="button primary" href="/sign-in">
          Sign in
        </PlainLink>
      </p>
      <Card title="What to try">
        <ul>
          <li>
            Sign in as Ada, then open <PlainLink href="/t/org_acme">Acme’s page</PlainLink>: it is
            served from another path, and knows who you are.
          </li>
          <li>
            Open <PlainLink href="/t/org_globex">Globex’s page</PlainLink> as Ada: for her there is
            no such page.
          </li>
          <li>
            The files: <code>src/compose.ts</code>, <code>src/rewrite-tenant.ts</code>,{' '}
            <code>src/session-refresh-callbacks.ts</code>, <code>src/dynamic-redirect-uri.ts</code>.
          </li>
        </ul>
      </Card>
    </article>
  );
}
