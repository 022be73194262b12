import type { Metadata } from 'next';
import { appOrigin } from '../../../env';
import { Card, patterns, PatternPage } from '../../../demo';

export const metadata: Metadata = { title: patterns['validate-api-key'].title };
export const dynamic = 'force-dynamic';

export default function ValidateApiKeyPage() {
  return (
    <PatternPage id="validate-api-key">
      <Card title="Try it in a terminal">
        <p>The mock knows a key of Acme&rsquo;s; in your own environment, make one.</p>
        <pre>
          <code>{`curl ${appOrigin()}/api/validate-api-key \\
  -H 'Authorization: Bearer sk_acme_production'`}</code>
        </pre>
      </Card>
    </PatternPage>
  );
}
