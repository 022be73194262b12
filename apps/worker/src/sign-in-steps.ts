import type { AuthenticationException } from '@workos-inc/node/worker';
import type { AppContext } from './env';
import { challengeSignIn } from './mfa';
import { keepSelection } from './organization-selection';
import { isSignInStep } from './workos';

/**
 * Answers a sign-in: 204, or where WorkOS stopped it for one more step 403 with the step as `error`, and how to go on. A second
 * factor and the choice of an organization have routes here. The hosted page has them all, so the rest get `signIn`, an address
 * for a browser.
 *
 * @param signIn One of the SDK's `authenticateWith…`, as far as a session cookie; what it throws that is no step is thrown again.
 * @param organizationId The organization that asks for the step, where it is known.
 * @see https://workos.com/docs/reference/authkit/authentication-errors
 */
export async function answerSignIn(
  c: AppContext,
  signIn: Promise<void>,
  organizationId?: string,
): Promise<Response> {
  try {
    await signIn;
    return c.body(null, 204);
  } catch (error) {
    if (!isSignInStep(error)) throw error;
    return askForStep(c, error, organizationId);
  }
}

async function askForStep(
  c: AppContext,
  error: AuthenticationException,
  organizationId: string | undefined,
): Promise<Response> {
  const { code, pendingAuthenticationToken, rawData } = error;
  if (code === 'mfa_challenge') {
    await challengeSignIn(c, error);
    return c.json({ error: code, message: 'Enter the code of your app.' }, 403);
  }
  if (code === 'organization_selection_required' && pendingAuthenticationToken) {
    await keepSelection(c, { pendingAuthenticationToken });
    const { organizations } = rawData;
    return c.json({ error: code, message: 'Choose an organization.', organizations }, 403);
  }
  const signIn = new URL('/login', c.req.url);
  const email = rawData.user?.email ?? rawData['email'];
  if (typeof email === 'string') signIn.searchParams.set('login_hint', email);
  if (organizationId) signIn.searchParams.set('organizationId', organizationId);
  const message =
    code === 'sso_required'
      ? 'Your organization has a sign-in of its own: open signIn in a browser.'
      : 'This sign-in takes one more step: open signIn in a browser.';
  return c.json({ error: code, message, signIn: signIn.href }, 403);
}
