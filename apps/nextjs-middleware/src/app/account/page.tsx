import { withAuth } from '@workos-inc/authkit-nextjs';
import type { Metadata } from 'next';
import { Card, Facts } from '../../demo';
import { organizationsOf } from './organizations-of';
import { OrganizationSwitch } from './organization-switch';

export const metadata: Metadata = { title: 'Your account' };

export default async function AccountPage() {
  const session = await withAuth({ ensureSignedIn: true });
  const { user } = session;
  return (
    <article>
      <h1>Your account</h1>
      <Card title="You">
        <Facts
          facts={{
            Name: [user.firstName, user.lastName].filter(Boolean).join(' '),
            'E-mail address': user.email,
            'User id': <code>{user.id}</code>,
          }}
        />
      </Card>
      <Card title="This session">
        <Facts
          facts={{
            'Session id': <code>{session.sessionId}</code>,
            Organization: session.organizationId && <code>{session.organizationId}</code>,
            Role: session.role,
            Permissions: session.permissions?.join(', '),
            'Feature flags': session.featureFlags?.join(', '),
            Impersonator: session.impersonator?.email,
          }}
        />
      </Card>
      <Card title="Organization">
        <OrganizationSwitch organizations={await organizationsOf(user.id)} />
      </Card>
    </article>
  );
}
