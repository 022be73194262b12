'use client';

import { useAuth } from '@workos-inc/authkit-nextjs/components';
import { useState } from 'react';
import { Facts } from '../../../demo';

/** Remembers the very first state, before any request of the browser could have changed it. */
export function FirstRender() {
  const { user, organizationId, role, loading } = useAuth();
  const [first] = useState({ email: user?.email, organizationId, role, loading });
  return (
    <Facts
      facts={{
        'E-mail address': first.email,
        Organization: first.organizationId,
        Role: first.role,
        Loading: String(first.loading),
      }}
    />
  );
}
