// nextjs/middleware-to-proxy — https://github.com/workos/authkit-nextjs#callback-route
import { handleAuth } from '@workos-inc/authkit-nextjs';
import { NextResponse } from 'next/server';
import { appOrigin } from '../../env';
import { requireStorableSession } from './session-size';
import { signInFailure } from './sign-in-failure';
import { wantedPage } from './wanted-page';

export const GET = handleAuth({
  // Where a sign-in ends that began nowhere in particular; a deep link goes before it.
  returnPathname: '/account',
  // From configuration: in a container the request's own host may be 0.0.0.0. Only its origin is used.
  baseURL: process.env.NEXT_PUBLIC_WORKOS_REDIRECT_URI,
  // Runs before the browser is sent on. Version 3 leaves the cookie in the answer all the same: the browser drops it.
  onSuccess: requireStorableSession,
  // Without it a person would see the SDK's JSON.
  onError: async ({ error, request }) => {
    const url = new URL('/sign-in-failed', appOrigin());
    url.searchParams.set('reason', signInFailure(error, request.nextUrl.searchParams));
    const page = await wantedPage(request);
    if (page) url.searchParams.set('returnTo', page);
    return NextResponse.redirect(url, 303);
  },
});
