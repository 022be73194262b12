import { handleAuth } from '@workos-inc/authkit-nextjs';
import { NextResponse } from 'next/server';

export const GET = handleAuth({
  returnPathname: '/account',
  // The words for each reason, and why none of the request is in the address: see nextjs-proxy.
  onError: ({ request }) => {
    const isCancelled = request.nextUrl.searchParams.get('error') === 'access_denied';
    const url = new URL(
      `/sign-in-failed${isCancelled ? '?reason=access_denied' : ''}`,
      request.url,
    );
    return NextResponse.redirect(url, 303);
  },
});
