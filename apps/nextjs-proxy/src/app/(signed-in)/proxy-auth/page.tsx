import type { Metadata } from 'next';
import { Card, patterns, PatternPage } from '../../../demo';
import { PlainLink } from '../../../plain-link';

export const metadata: Metadata = { title: patterns['proxy-auth'].title };

export default function ProxyAuthPage() {
  return (
    <PatternPage id="proxy-auth">
      <Card title="Try it signed out">
        <ul>
          <li>
            <PlainLink href="/a-page-that-nobody-listed">A page that nobody listed</PlainLink> asks
            you to sign in, even to learn that it does not exist.
          </li>
          <li>
            <PlainLink href="/create-organization-on-sign-up">
              A page among the signUpPaths
            </PlainLink>{' '}
            shows the form for new people first.
          </li>
        </ul>
      </Card>
    </PatternPage>
  );
}
