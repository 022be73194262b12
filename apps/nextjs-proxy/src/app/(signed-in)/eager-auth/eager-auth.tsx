// nextjs/eager-auth — https://github.com/workos/authkit-nextjs#eager-auth
'use client';

import { useAccessToken } from '@workos-inc/authkit-nextjs/components';
import { Facts } from '../../../demo';

/** Has the access token as soon as it is hydrated, for libraries that want one before they connect: no request was made. */
export function FirstToken() {
  // Go by the token: with it there from the start, `loading` of 4.3.2 stays true for ever.
  const { accessToken } = useAccessToken();
  return <Facts facts={{ Token: accessToken ? 'here' : 'not here' }} />;
}
