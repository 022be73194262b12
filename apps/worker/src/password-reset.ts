// node/password-reset — https://workos.com/docs/reference/authkit/password-reset
import { ApiError } from './api-error';
import { forLog } from './for-log';
import { isWorkosError, workosFor } from './workos';

/**
 * Has a link sent to somebody with which to choose a new password. WorkOS e-mails it. Whether anybody has that address is
 * nobody's business: run it after the answer (`waitUntil`), so that neither the answer nor its time tells.
 *
 * Anybody may have one sent to anybody. WorkOS limits how many one person is sent, and is not told who asks: this call has no
 * field for it. A limit for one sender belongs in front: Cloudflare's rate limiting rules.
 *
 * @see https://workos.com/docs/reference/rate-limits
 */
export async function sendPasswordReset(env: Env, email: string): Promise<void> {
  const { userManagement } = await workosFor(env);
  try {
    await userManagement.createPasswordReset({ email });
  } catch (error) {
    if (!isWorkosError(error, 404))
      console.error('The password reset was not sent:', forLog(error));
  }
}

/**
 * Sets the new password. It ends the person's other sessions; to sign in they go to the sign-in page.
 *
 * @param token From the link.
 * @throws ApiError 400 for a link that is unknown, used or too old, 422 for a password that is too weak.
 */
export async function resetPassword(env: Env, token: string, newPassword: string): Promise<void> {
  const { userManagement } = await workosFor(env);
  try {
    await userManagement.resetPassword({ token, newPassword });
  } catch (cause) {
    if (isWorkosError(cause, 'password_strength_error')) {
      throw new ApiError(422, 'weak_password', 'Choose a longer password.', {}, { cause });
    }
    if (!isWorkosError(cause, 400, 404)) throw cause;
    const message = 'The link is no longer valid: ask for another one.';
    throw new ApiError(400, 'invalid_token', message, {}, { cause });
  }
}
