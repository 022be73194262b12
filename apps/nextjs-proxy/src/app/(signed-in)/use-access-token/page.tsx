import type { Metadata } from 'next';
import { Card, patterns, PatternPage } from '../../../demo';
import { CallApi } from './use-access-token';

export const metadata: Metadata = { title: patterns['use-access-token'].title };

export default function UseAccessTokenPage() {
  return (
    <PatternPage id="use-access-token">
      <Card title="Status, token id and expiry, as the API saw them">
        <CallApi />
      </Card>
    </PatternPage>
  );
}
