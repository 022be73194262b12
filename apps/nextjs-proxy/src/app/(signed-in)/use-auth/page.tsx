import { withAuth } from '@workos-inc/authkit-nextjs';
import type { Metadata } from 'next';
import { Card, patterns, PatternPage } from '../../../demo';
import { organizationsOf } from '../get-workos/get-workos';
import { OrganizationSwitch } from './organization-switch';
import { CurrentUser } from './use-auth';

export const metadata: Metadata = { title: patterns['use-auth'].title };

export default async function UseAuthPage() {
  const { user } = await withAuth({ ensureSignedIn: true });
  return (
    <PatternPage id="use-auth">
      <Card title="useAuth()">
        <CurrentUser />
      </Card>
      <Card title="Organization">
        <OrganizationSwitch organizations={await organizationsOf(user.id)} />
      </Card>
    </PatternPage>
  );
}
