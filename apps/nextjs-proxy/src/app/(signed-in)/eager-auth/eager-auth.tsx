// nextjs/eager-auth — https://github.com/workos/authkit-nextjs#eager-auth
'use client';

import { useAccessToken } from '@workos-inc/authkit-nextjs/components';
import { useState } from 'react';
import { Facts } from '../../../demo';

/** Has the access token at its first render in the browser, for libraries that want one before they connect. */
export function FirstToken() {
  const { accessToken, loading } = useAccessToken();
  // The server renders without a token, so what is compared is the first state after hydration.
  const [first] = useState(() => typeof window !== 'undefined' && accessToken !== undefined);
  return (
    <div suppressHydrationWarning>
      <Facts
        facts={{
          'At the first render': (
            <span suppressHydrationWarning>{first ? 'a token' : 'no token'}</span>
          ),
          Now: accessToken && !loading ? 'a token' : 'no token',
        }}
      />
    </div>
  );
}
