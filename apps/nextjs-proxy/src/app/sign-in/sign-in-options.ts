// nextjs/sign-in-endpoint — https://github.com/workos/authkit-nextjs#initiate-login-uri
import { returnPath } from '../../return-path';

/**
 * Reads what a link to the sign-in endpoint may carry. Anybody can write such a link, so only the listed parameters count,
 * and a return path never leaves this app.
 *
 * @param params `returnTo` (a path), `organizationId`, `loginHint` (an e-mail address); `another`, with any value, for who wants
 *   to come with another account: AuthKit asks again, and does not go by its own session.
 */
export function signInOptions(params: URLSearchParams) {
  return {
    returnTo: returnPath(params.get('returnTo')),
    organizationId: params.get('organizationId') ?? undefined,
    loginHint: params.get('loginHint') ?? undefined,
    ...(params.has('another') && { maxAge: 0 }),
  };
}
