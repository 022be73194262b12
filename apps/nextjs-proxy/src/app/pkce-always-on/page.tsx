import type { Metadata } from 'next';
import { Card, patterns, PatternPage } from '../../demo';
import { pendingSignIns } from './pending-sign-ins';
import { PlainLink } from '../../plain-link';

export const metadata: Metadata = { title: patterns['pkce-always-on'].title };

export default async function PkceAlwaysOnPage() {
  const pending = await pendingSignIns();
  return (
    <PatternPage id="pkce-always-on">
      <Card title="Sign-ins begun in this browser">
        {pending.length === 0 && <p>None is pending.</p>}
        <ul>
          {pending.map((name) => (
            <li key={name}>
              <code>{name}</code>
            </li>
          ))}
        </ul>
        <p>
          <PlainLink href="/sign-in?returnTo=/pkce-always-on">Begin one</PlainLink>, then come back
          here without finishing it.
        </p>
      </Card>
    </PatternPage>
  );
}
