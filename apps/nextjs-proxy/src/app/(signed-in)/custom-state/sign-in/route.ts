// nextjs/custom-state — https://github.com/workos/authkit-nextjs#passing-custom-state-through-authentication
import { getSignInUrl } from '@workos-inc/authkit-nextjs';
import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { writeState } from '../custom-state';

/** Starts a sign-in that remembers where it came from. */
export async function GET(request: NextRequest): Promise<never> {
  const { searchParams } = request.nextUrl;
  // By name: anybody can write a link, and other state of this app makes an organization.
  const state = writeState({
    plan: searchParams.get('plan'),
    referrer: searchParams.get('referrer'),
  });
  redirect(await getSignInUrl({ state, returnTo: '/custom-state' }));
}
