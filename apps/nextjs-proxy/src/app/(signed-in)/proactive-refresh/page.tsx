import { withAuth, getTokenClaims } from '@workos-inc/authkit-nextjs';
import type { Metadata } from 'next';
import { Card, Facts, patterns, PatternPage } from '../../../demo';

export const metadata: Metadata = { title: patterns['proactive-refresh'].title };

export default async function ProactiveRefreshPage() {
  await withAuth({ ensureSignedIn: true });
  const { exp = 0, jti } = await getTokenClaims();
  return (
    <PatternPage id="proactive-refresh">
      <Card title="The token that this page was rendered with">
        <Facts facts={{ Token: jti, Expires: new Date(exp * 1000).toISOString() }} />
      </Card>
    </PatternPage>
  );
}
