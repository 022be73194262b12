// nextjs/impersonation — https://github.com/workos/authkit-nextjs#visualizing-an-impersonation
'use client';

import { Impersonation } from '@workos-inc/authkit-nextjs/components';

/** A frame around every page while somebody of your team looks through a customer's eyes; "Stop" ends the session. */
export function ImpersonationFrame() {
  // Absolute, and among the sign-out redirects of the dashboard. While the server renders there is no window yet.
  const origin = typeof window === 'undefined' ? '' : window.location.origin;
  return <Impersonation returnTo={`${origin}/signed-out`} />;
}
