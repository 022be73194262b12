import { withAuth } from '@workos-inc/authkit-nextjs';
import type { Metadata } from 'next';
import { Card, Facts } from '../../demo';
import { PlainLink } from '../../plain-link';
import { signOutAction } from '../sign-out/sign-out';

export const metadata: Metadata = { title: 'Your account' };

export default async function AccountPage() {
  const { user, organizationId, role } = await withAuth({ ensureSignedIn: true });
  return (
    <article>
      <h1>Your account</h1>
      <Card title="You">
        <Facts
          facts={{
            'E-mail address': user.email,
            Organization: organizationId && (
              <PlainLink href={`/t/${organizationId}`}>{organizationId}</PlainLink>
            ),
            Role: role,
          }}
        />
      </Card>
      <form action={signOutAction} className="actions">
        <button className="button">Sign out</button>
      </form>
    </article>
  );
}
