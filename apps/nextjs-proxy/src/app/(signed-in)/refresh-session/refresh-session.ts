// nextjs/refresh-session, trap/switch-organization-redirect, trap/next-redirect-in-try — https://github.com/workos/authkit-nextjs#refreshing-the-session
'use server';

import { getSignInUrl, refreshSession, TokenRefreshError } from '@workos-inc/authkit-nextjs';
import { redirect } from 'next/navigation';
import { passes } from './passes';

/** Errors by which an organization asks for a sign-in of its own: single sign-on, or a second factor. */
const ASKS_FOR_SIGN_IN = new Set(['sso_required', 'mfa_enrollment', 'mfa_challenge']);

/**
 * Moves the session to another organization: a new access token with the role and permissions that the person has there.
 *
 * @param previous Of `useActionState`; not used.
 * @param form `organizationId`: WorkOS refuses one that the person is not a member of.
 * @returns Why it did not work. Otherwise it redirects: to the page, or to AuthKit when the organization asks for that.
 */
export async function changeOrganization(previous: string, form: FormData): Promise<string> {
  const organizationId = String(form.get('organizationId') ?? '');
  // Without one WorkOS would answer with a session of no organization.
  if (!organizationId) return 'Choose an organization.';
  const problem = await moveSession(organizationId);
  // Outside of any try: `redirect()` works by throwing (trap/next-redirect-in-try).
  if (problem === 'sign-in')
    redirect(await getSignInUrl({ organizationId, returnTo: '/refresh-session' }));
  if (problem) return problem;
  // Not `revalidatePath()`: this request carries the old session to the end, and would render the page with it.
  redirect('/refresh-session');
}

async function moveSession(organizationId: string): Promise<string | undefined> {
  try {
    const { user } = await refreshSession({ organizationId });
    return user ? undefined : 'You are signed out. Sign in again.';
  } catch (error) {
    if (!(error instanceof TokenRefreshError)) throw error;
    // `switchToOrganization` looks for `cause.error`, which this SDK's exception lacks (trap/switch-organization-redirect).
    const { code, error: oauthError } = Object(error.cause) as { code?: string; error?: string };
    const refusal = code ?? oauthError ?? '';
    if (ASKS_FOR_SIGN_IN.has(refusal)) return 'sign-in';
    if (passes(error)) return 'WorkOS does not answer right now. You are still where you were.';
    // Of the session itself. `withAuth()` does not know: it reads what this request came with.
    if (refusal === 'invalid_grant') return 'You are signed out. Sign in again.';
    return 'You are not a member of that organization.';
  }
}
