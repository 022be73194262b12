// node/magic-auth — https://workos.com/docs/reference/authkit/magic-auth
import { ApiError } from './api-error';
import type { AppContext } from './env';
import { sender } from './sender';
import { writeSessionCookie } from './session-cookie';
import { isSignInStep, isWorkosError, workosFor } from './workos';

/**
 * Has a code sent to somebody. WorkOS e-mails it; to send it with your own mailer, switch that off in the dashboard and
 * take `code` from what `createMagicAuth` answers. It never goes into the answer to the browser.
 *
 * Anybody may have one sent to anybody, and WorkOS limits how many one person is sent. A limit for one sender belongs in front:
 * Cloudflare's rate limiting rules.
 *
 * @see https://workos.com/docs/reference/rate-limits
 */
export async function sendMagicAuthCode(c: AppContext, email: string): Promise<void> {
  const { userManagement } = await workosFor(c.env);
  await userManagement.createMagicAuth({ email, ...sender(c) });
}

/**
 * Signs in with the code.
 *
 * @throws ApiError 400 `invalid_code` when it is wrong, old or used. The SDK's `AuthenticationException` when a step is
 *   missing, e.g. a second factor: see `sign-in-steps.ts`.
 */
export async function signInWithMagicAuth(
  c: AppContext,
  email: string,
  code: string,
): Promise<void> {
  const { userManagement } = await workosFor(c.env);
  try {
    const { sealedSession } = await userManagement.authenticateWithMagicAuth({
      email,
      code,
      ...sender(c),
      session: { sealSession: true, cookiePassword: c.env.WORKOS_COOKIE_PASSWORD },
    });
    writeSessionCookie(c, sealedSession!);
  } catch (cause) {
    // Some steps are a 400 too.
    if (isSignInStep(cause) || !isWorkosError(cause, 400)) throw cause;
    // Wrong, expired, used before, guessed too often: whoever guesses learns nothing from the difference.
    const message = 'The code is wrong or no longer valid.';
    throw new ApiError(400, 'invalid_code', message, {}, { cause });
  }
}
