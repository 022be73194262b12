import type { Metadata } from 'next';
import { Card, patterns, PatternPage } from '../../../demo';
import { FirstToken } from './eager-auth';

export const metadata: Metadata = { title: patterns['eager-auth'].title };

export default function EagerAuthPage() {
  return (
    <PatternPage id="eager-auth">
      <Card title="useAccessToken()">
        <FirstToken />
      </Card>
    </PatternPage>
  );
}
