// nextjs/middleware-to-proxy — https://github.com/workos/authkit-nextjs#callback-route
import { handleAuth } from '@workos-inc/authkit-nextjs';
import { NextResponse } from 'next/server';
import { appOrigin } from '../../env';
import { signInFailure } from './sign-in-failure';

export const GET = handleAuth({
  // Where a sign-in ends that began nowhere in particular; a deep link goes before it.
  returnPathname: '/account',
  // From configuration: in a container the request's own host may be 0.0.0.0. Only its origin is used.
  baseURL: process.env.NEXT_PUBLIC_WORKOS_REDIRECT_URI,
  // Without it a person would see the SDK's JSON.
  onError: ({ error, request }) => {
    const reason = signInFailure(error, request.nextUrl.searchParams);
    return NextResponse.redirect(new URL(`/sign-in-failed?reason=${reason}`, appOrigin()), 303);
  },
});
