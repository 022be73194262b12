import type { Metadata } from 'next';
import { Card, patterns, PatternPage } from '../../demo';
import { PlainLink } from '../../plain-link';

export const metadata: Metadata = { title: patterns['handle-auth'].title };

const attempts = {
  'Cancel at the sign-in page': '/callback?error=access_denied&error_description=cancelled',
  'Open the callback by itself': '/callback',
  'Bring a code that this browser never asked for': '/callback?code=stolen&state=forged',
};

export default function HandleAuthPage() {
  return (
    <PatternPage id="handle-auth">
      <Card title="Try to fail">
        <ul>
          {Object.entries(attempts).map(([title, href]) => (
            <li key={href}>
              <PlainLink href={href}>{title}</PlainLink>
            </li>
          ))}
        </ul>
      </Card>
    </PatternPage>
  );
}
