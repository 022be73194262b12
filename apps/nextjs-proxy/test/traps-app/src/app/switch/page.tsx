'use client';

import { useAccessToken, useAuth, useTokenClaims } from '@workos-inc/authkit-nextjs/components';

// trap/stale-token-after-switch
export default function Page() {
  const { organizationId, switchToOrganization } = useAuth();
  const { org_id } = useTokenClaims<{ org_id?: string }>();
  const { refresh } = useAccessToken();
  const target =
    typeof window === 'undefined' ? '' : (new URLSearchParams(location.search).get('to') ?? '');
  return (
    <>
      <p>useAuth: {organizationId}</p>
      <p>useTokenClaims: {org_id}</p>
      <button onClick={() => void switchToOrganization(target)}>Switch</button>
      <button onClick={() => void refresh()}>Refresh</button>
    </>
  );
}
