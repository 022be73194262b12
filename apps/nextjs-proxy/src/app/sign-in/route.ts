// nextjs/sign-in-endpoint — https://github.com/workos/authkit-nextjs#initiate-login-uri
import { getSignInUrl } from '@workos-inc/authkit-nextjs';
import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { forgetOldSignIns } from './forget-old-sign-ins';
import { signInOptions } from './sign-in-options';

/** Every sign-in starts here: links of this app, and WorkOS itself for impersonation and sign-in from an IdP's page. */
export async function GET(request: NextRequest): Promise<never> {
  await forgetOldSignIns();
  // `redirect()`, not `NextResponse.redirect()`: the latter loses the verifier cookie, and the callback refuses.
  redirect(await getSignInUrl(signInOptions(request.nextUrl.searchParams)));
}
