import { withAuth } from '@workos-inc/authkit-nextjs';
import type { Metadata } from 'next';
import { Card, patterns, PatternPage } from '../../../demo';
import { organizationsOf } from '../get-workos/get-workos';
import { CallApi } from './use-access-token';

export const metadata: Metadata = { title: patterns['use-access-token'].title };

export default async function UseAccessTokenPage() {
  const { user } = await withAuth({ ensureSignedIn: true });
  return (
    <PatternPage id="use-access-token">
      <Card title="Status, organization, token id and expiry, as the API saw them">
        <CallApi organizations={await organizationsOf(user.id)} />
      </Card>
    </PatternPage>
  );
}
