// See https://github.com/workos/authkit-nextjs#initiate-login-uri
import { returnPath } from '../../return-path';

/**
 * Reads what a link to the sign-in endpoint may carry. Anybody can write such a link, so only the listed parameters count,
 * and a return path never leaves this app.
 *
 * @param params `returnTo` (a path), `organizationId`, `loginHint` (an e-mail address).
 */
export function signInOptions(params: URLSearchParams) {
  return {
    returnTo: returnPath(params.get('returnTo')),
    organizationId: params.get('organizationId') ?? undefined,
    loginHint: params.get('loginHint') ?? undefined,
  };
}
