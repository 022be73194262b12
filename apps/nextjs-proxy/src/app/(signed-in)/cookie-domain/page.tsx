import type { Metadata } from 'next';
import { Card, Facts, patterns, PatternPage } from '../../../demo';

export const metadata: Metadata = { title: patterns['cookie-domain'].title };

export default function CookieDomainPage() {
  const { env } = process;
  return (
    <PatternPage id="cookie-domain">
      <Card title="The session cookie of this server">
        <Facts
          facts={{
            Name: env.WORKOS_COOKIE_NAME ?? 'wos-session',
            Domain: env.WORKOS_COOKIE_DOMAIN,
            SameSite: env.WORKOS_COOKIE_SAMESITE ?? 'lax',
            'Max-Age': env.WORKOS_COOKIE_MAX_AGE ?? '34560000 (400 days)',
          }}
        />
      </Card>
    </PatternPage>
  );
}
