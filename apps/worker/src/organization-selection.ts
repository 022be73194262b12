import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import { ApiError } from './api-error';
import type { AppContext } from './env';
import { sender } from './sender';
import { cookieName, cookieOptions, writeSessionCookie } from './session-cookie';
import { isSignInStep, isWorkosError, workosFor } from './workos';

/** Holds the token of a sign-in that waits for an organization: a secret, so it stays out of every answer. */
const NAME = 'wos-pending';
/** Such tokens live ten minutes. In seconds. */
const LIFETIME = 600;

interface Selection {
  pendingAuthenticationToken: string;
}

/** Keeps a sign-in that WorkOS stopped for the choice of an organization in the browser that began it. */
export async function keepSelection(c: AppContext, selection: Selection): Promise<void> {
  const name = cookieName(c, NAME);
  await setSignedCookie(c, name, JSON.stringify(selection), c.env.WORKOS_COOKIE_PASSWORD, {
    ...cookieOptions(c),
    maxAge: LIFETIME,
  });
}

/**
 * Finishes it in the organization that the person chose.
 *
 * @see https://workos.com/docs/reference/authkit/authentication-errors
 * @throws ApiError 403 `organization_membership_not_found` when they are not in it: they may choose another. 400
 *   `unknown_sign_in` when no sign-in of this browser waits. The SDK's `AuthenticationException` when the organization asks
 *   for more, e.g. single sign-on: see `sign-in-steps.ts`.
 */
export async function signInToOrganization(c: AppContext, organizationId: string): Promise<void> {
  const { userManagement } = await workosFor(c.env);
  const name = cookieName(c, NAME);
  const value = await getSignedCookie(c, c.env.WORKOS_COOKIE_PASSWORD, name);
  if (!value) throw unknownSignIn();
  const { pendingAuthenticationToken } = JSON.parse(value) as Selection;
  try {
    const { sealedSession } = await userManagement.authenticateWithOrganizationSelection({
      pendingAuthenticationToken,
      organizationId,
      ...sender(c),
      session: { sealSession: true, cookiePassword: c.env.WORKOS_COOKIE_PASSWORD },
    });
    writeSessionCookie(c, sealedSession!);
  } catch (error) {
    const code = 'organization_membership_not_found';
    if (isWorkosError(error, code)) throw new ApiError(403, code, 'You are not in it.');
    if (isSignInStep(error) || !isWorkosError(error, 400, 404, 422)) throw error;
    throw unknownSignIn();
  }
  deleteCookie(c, name, cookieOptions(c));
}

function unknownSignIn(): ApiError {
  const message = 'No sign-in of this browser waits for an organization. Begin again.';
  return new ApiError(400, 'unknown_sign_in', message);
}
