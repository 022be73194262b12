// nextjs/use-token-claims — https://github.com/workos/authkit-nextjs#access-token-management
'use client';

import { useTokenClaims } from '@workos-inc/authkit-nextjs/components';
import { Facts } from '../../../demo';
import type { CustomClaims } from './custom-claims';

/** The claims of the access token as the browser reads them: typed, not verified. For display, never for permission. */
export function ClientClaims() {
  const { plan, organization_name, sid, exp } = useTokenClaims<CustomClaims>();
  return (
    <Facts
      facts={{
        Plan: plan,
        Organization: organization_name,
        Session: sid,
        Expires: exp && new Date(exp * 1000).toISOString(),
      }}
    />
  );
}
