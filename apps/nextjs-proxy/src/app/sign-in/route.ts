// nextjs/sign-in-endpoint, trap/cookies-in-server-component, trap/manual-redirect-drops-verifier, ask/idp-initiated — https://github.com/workos/authkit-nextjs#initiate-login-uri
import { getSignInUrl } from '@workos-inc/authkit-nextjs';
import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { signInOptions } from './sign-in-options';

/** Every sign-in starts here: links of this app, and WorkOS itself for impersonation and sign-in from an IdP's page. */
export async function GET(request: NextRequest): Promise<never> {
  // In a route handler, where cookies can be set: while a page renders, the verifier cookie makes this an error.
  redirect(await getSignInUrl(signInOptions(request.nextUrl.searchParams)));
}
