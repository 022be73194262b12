import { withAuth } from '@workos-inc/authkit-nextjs';
import type { Metadata } from 'next';
import { Card, Facts, patterns, PatternPage } from '../../../demo';
import { organizationsOf } from '../get-workos/get-workos';
import { OrganizationForm } from './organization-form';

export const metadata: Metadata = { title: patterns['refresh-session'].title };

export default async function RefreshSessionPage() {
  const { user, organizationId, role, permissions } = await withAuth({ ensureSignedIn: true });
  const choices = await organizationsOf(user.id);
  return (
    <PatternPage id="refresh-session">
      <Card title="This session">
        <Facts
          facts={{ Organization: organizationId, Role: role, Permissions: permissions?.join(', ') }}
        />
      </Card>
      <Card title="Move it to">
        <OrganizationForm choices={[...choices, { id: 'org_not_mine', name: 'Somebody else’s' }]} />
      </Card>
    </PatternPage>
  );
}
