import type { Metadata } from 'next';
import { Card, patterns, PatternPage } from '../../../demo';
import { FirstRender } from './first-render';

export const metadata: Metadata = { title: patterns['provider-initial-auth'].title };

export default function ProviderInitialAuthPage() {
  return (
    <PatternPage id="provider-initial-auth">
      <Card title="What this client component knew at its first render">
        <FirstRender />
      </Card>
    </PatternPage>
  );
}
