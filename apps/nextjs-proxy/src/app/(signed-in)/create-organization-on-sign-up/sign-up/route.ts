// nextjs/create-organization-on-sign-up — https://github.com/workos/authkit-nextjs#passing-custom-state-through-authentication
import { getSignUpUrl } from '@workos-inc/authkit-nextjs';
import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { writeState } from '../../custom-state/custom-state';

/** Starts a sign-up that ends in an organization of the person's own. */
export async function GET(request: NextRequest): Promise<never> {
  const { searchParams } = request.nextUrl;
  const state = writeState({ newOrganization: searchParams.get('name') ?? 'My organization' });
  redirect(await getSignUpUrl({ state, returnTo: '/create-organization-on-sign-up' }));
}
