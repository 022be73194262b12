import { withAuth } from '@workos-inc/authkit-nextjs';
import type { Metadata } from 'next';
import { Card, Facts, patterns, PatternPage } from '../../../demo';

export const metadata: Metadata = { title: patterns.impersonation.title };

export default async function ImpersonationPage() {
  const { user, impersonator } = await withAuth({ ensureSignedIn: true });
  return (
    <PatternPage id="impersonation">
      <Card title="Who is really here">
        <Facts
          facts={{
            'Signed in as': user.email,
            'Impersonated by': impersonator?.email,
            Reason: impersonator?.reason,
          }}
        />
      </Card>
    </PatternPage>
  );
}
