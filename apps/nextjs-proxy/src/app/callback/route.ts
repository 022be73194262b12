// nextjs/handle-auth, trap/redirect-in-on-success, ask/docker-host — https://github.com/workos/authkit-nextjs#callback-route
import { handleAuth } from '@workos-inc/authkit-nextjs';
import { NextResponse } from 'next/server';
import { appOrigin } from '../../env';
import { createOrganizationFor } from '../(signed-in)/create-organization-on-sign-up/create-organization-on-sign-up';
import { readState, rememberState } from '../(signed-in)/custom-state/custom-state';
import { requireInvitation } from './invite-guard';
import { requireStorableSession } from './session-size';
import { signInFailure } from './sign-in-failure';
import { wantedPage } from './wanted-page';

export const GET = handleAuth({
  // Where a sign-in ends that began nowhere in particular; a deep link goes before it.
  returnPathname: '/account',
  // From configuration: in a container the request's own host may be 0.0.0.0. Only its origin is used.
  baseURL: process.env.NEXT_PUBLIC_WORKOS_REDIRECT_URI,
  // Runs before the browser is sent on. What it throws keeps the session from the browser; at AuthKit the person is signed in
  // still, so that the page about it offers another account.
  onSuccess: async ({ user, organizationId, authenticationMethod, state }) => {
    await requireStorableSession();
    await requireInvitation(user);
    const { newOrganization, ...arrival } = readState(state);
    if (newOrganization) await createOrganizationFor(user, newOrganization);
    await rememberState(arrival);
    const where = organizationId ?? 'no organization';
    console.info(`signed in: ${user.id} at ${where} by ${authenticationMethod}`);
  },
  // Without it a person would see the SDK's JSON.
  onError: async ({ error, request }) => {
    const url = new URL('/sign-in-failed', appOrigin());
    url.searchParams.set('reason', signInFailure(error, request.nextUrl.searchParams));
    const page = await wantedPage(request);
    if (page) url.searchParams.set('returnTo', page);
    return NextResponse.redirect(url, 303);
  },
});
