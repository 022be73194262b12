import type { Metadata } from 'next';
import { Card, Facts, patterns, PatternPage } from '../../../demo';
import { customClaims } from './get-token-claims';
import { ClientClaims } from './use-token-claims';

export const metadata: Metadata = { title: patterns['use-token-claims'].title };

export default async function UseTokenClaimsPage() {
  const { plan, organization_name } = await customClaims();
  return (
    <PatternPage id="use-token-claims">
      <Card title="useTokenClaims()">
        <ClientClaims />
      </Card>
      <Card title="getTokenClaims()">
        <Facts facts={{ Plan: plan, Organization: organization_name }} />
      </Card>
      <p className="muted">
        None? Add a JWT template with <code>plan</code> and <code>organization_name</code> to the
        environment.
      </p>
    </PatternPage>
  );
}
