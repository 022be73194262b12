// nextjs/sign-in-endpoint — https://github.com/workos/authkit-nextjs#sign-up-paths
import { getSignUpUrl } from '@workos-inc/authkit-nextjs';
import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { signInOptions } from '../sign-in/sign-in-options';

/** The same as /sign-in, with the form for new people first. */
export async function GET(request: NextRequest): Promise<never> {
  redirect(await getSignUpUrl(signInOptions(request.nextUrl.searchParams)));
}
