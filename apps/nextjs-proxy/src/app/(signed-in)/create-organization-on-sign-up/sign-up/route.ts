// nextjs/create-organization-on-sign-up — https://github.com/workos/authkit-nextjs#passing-custom-state-through-authentication
import { getSignUpUrl } from '@workos-inc/authkit-nextjs';
import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { writeState } from '../../custom-state/custom-state';

/**
 * Starts a sign-up that ends in an organization of the person's own, from the form of this app alone: a link could name it. Browsers
 * say where they come from over https and on localhost, which are what this app runs on.
 */
export async function GET(request: NextRequest): Promise<never> {
  if (request.headers.get('sec-fetch-site') !== 'same-origin') {
    redirect('/create-organization-on-sign-up');
  }
  const name = request.nextUrl.searchParams.get('name')?.trim().slice(0, 60) || 'My organization';
  const state = writeState({ newOrganization: name });
  redirect(await getSignUpUrl({ state, returnTo: '/create-organization-on-sign-up' }));
}
