import type { Metadata } from 'next';
import { Card, patterns, PatternPage } from '../../demo';
import { PlainLink } from '../../plain-link';

export const metadata: Metadata = { title: patterns['sign-in-endpoint'].title };

const starts = {
  'Sign in, then come back to your account': '/sign-in?returnTo=/account?tab=claims',
  'Sign in to Globex': '/sign-in?organizationId=org_globex',
  'Sign in as somebody whose address is known': '/sign-in?loginHint=ada@acme.test',
  'Sign up': '/sign-up',
  'Follow a link that an attacker wrote': '/sign-in?returnTo=https://evil.example/phish',
};

export default function SignInEndpointPage() {
  return (
    <PatternPage id="sign-in-endpoint">
      <Card title="Start here">
        <ul>
          {Object.entries(starts).map(([title, href]) => (
            <li key={href}>
              <PlainLink href={href}>{title}</PlainLink>
            </li>
          ))}
        </ul>
      </Card>
    </PatternPage>
  );
}
