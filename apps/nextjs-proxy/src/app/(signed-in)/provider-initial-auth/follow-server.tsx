// nextjs/provider-initial-auth — https://github.com/workos/authkit-nextjs#optimizing-with-server-side-auth-data
'use client';

import { useAuth } from '@workos-inc/authkit-nextjs/components';
import { useEffect, useRef } from 'react';

/**
 * Tells `AuthKitProvider` when the server has moved the session to another organization or role since, as `refreshSession()` in
 * a server action does: the provider reads `initialAuth` at its first render and never again. A page that uses tokens refreshes
 * its own, too (trap/stale-token-after-switch).
 *
 * @param organizationId As the server knows it.
 * @param role As the server knows it.
 */
export function FollowServer({ organizationId, role }: { organizationId?: string; role?: string }) {
  const client = useAuth();
  const onServer = `${organizationId} ${role}`;
  const told = useRef(onServer);
  useEffect(() => {
    if (told.current === onServer) return;
    told.current = onServer;
    // After a switch of the browser's own it knows already.
    if (onServer !== `${client.organizationId} ${client.role}`) void client.getAuth();
  }, [onServer, client]);
  return null;
}
