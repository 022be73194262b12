import { Card } from '../demo';
import { PlainLink } from '../plain-link';

export default function HomePage() {
  return (
    <article>
      <h1>AuthKit in Next.js 15</h1>
      <p className="lead">
        The <code>middleware.ts</code> spelling, on the versions that it belongs to. On Next.js 16,
        take nextjs-proxy: the README shows the way, step by step.
      </p>
      <p className="actions">
        <PlainLink className="button primary" href="/sign-in">
          Sign in
        </PlainLink>
        <PlainLink className="button" href="/sign-up">
          Create an account
        </PlainLink>
      </p>
      <Card title="Who can sign in">
        <p>
          Offline, against the mock, anybody below; the password is <code>password</code>. In your
          own WorkOS environment, your own people.
        </p>
        <ul className="people">
          <li>
            <b>Ada Lovelace</b> <code>ada@acme.test</code>, admin at Acme
          </li>
          <li>
            <b>Grace Hopper</b> <code>grace@acme.test</code>, member at Acme, admin at Globex:
            chooses an organization
          </li>
          <li>
            <b>Linus Torvalds</b> <code>linus@hey.test</code>, in no organization
          </li>
          <li>
            <b>Eve Moneypenny</b> <code>eve@acme.test</code>, supports others by impersonating them
          </li>
        </ul>
      </Card>
    </article>
  );
}
