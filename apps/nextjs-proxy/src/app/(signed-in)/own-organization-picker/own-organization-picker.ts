// nextjs/own-organization-picker — https://github.com/workos/authkit-nextjs#refreshing-the-session
'use server';

import { refreshSession, TokenRefreshError, withAuth } from '@workos-inc/authkit-nextjs';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { organizationsOf } from '../get-workos/get-workos';
import { passes } from '../refresh-session/passes';

const COOKIE = 'last-organization';
/** Ninety days, in seconds. */
const REMEMBERED = 90 * 24 * 60 * 60;

/**
 * Takes the organization that a person picked on this app's own page, and remembers it for the next time.
 *
 * @param form `organizationId`: must be one of theirs.
 */
export async function pickOrganization(form: FormData): Promise<void> {
  const { user } = await withAuth();
  if (!user) redirect('/sign-in?returnTo=/own-organization-picker');
  const mine = await organizationsOf(user.id);
  const organization = mine.find(({ id }) => id === form.get('organizationId'));
  if (!organization) redirect('/own-organization-picker?refused=1');
  const failure = await refreshSession({ organizationId: organization.id }).then(
    () => undefined,
    (error: unknown) => error,
  );
  // `redirect()` works by throwing: not in a callback of the promise.
  if (failure) {
    if (!(failure instanceof TokenRefreshError)) throw failure;
    if (passes(failure)) redirect('/own-organization-picker?unavailable=1');
    // It asks for single sign-on or a second factor: AuthKit's page does that.
    redirect(`/sign-in?returnTo=/own-organization-picker&organizationId=${organization.id}`);
  }
  (await cookies()).set(COOKIE, organization.id, {
    httpOnly: true,
    sameSite: 'lax',
    secure: process.env.NODE_ENV === 'production' && !isLocal(),
    maxAge: REMEMBERED,
  });
  redirect('/own-organization-picker');
}

function isLocal(): boolean {
  return new URL(process.env.NEXT_PUBLIC_WORKOS_REDIRECT_URI ?? '').protocol === 'http:';
}
