import type { Metadata } from 'next';
import { Card, patterns, PatternPage } from '../../../demo';
import { DeleteButton } from './delete-button';

export const metadata: Metadata = { title: patterns['recent-auth'].title };

export default function RecentAuthPage() {
  return (
    <PatternPage id="recent-auth">
      <Card title="Something that cannot be undone">
        <DeleteButton />
      </Card>
    </PatternPage>
  );
}
