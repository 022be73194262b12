// nextjs/handle-auth — https://github.com/workos/authkit-nextjs#callback-route
import { CallbackError } from '@workos-inc/authkit-nextjs';
import { NotInvited } from './invite-guard';
import { SessionTooLarge } from './session-size';

/** Why a sign-in did not end in a session: the words for each are on the page that shows it. */
export const signInFailures = [
  'access_denied',
  'not_allowed',
  'not_invited',
  'session_too_large',
  'missing_auth_params',
  'missing_pkce_cookie',
  'oauth_state_mismatch',
  'missing_tokens',
  'code_refused',
  'workos_unavailable',
  'unknown',
] as const;

export type SignInFailure = (typeof signInFailures)[number];

/**
 * Tells a person's reasons apart from an attacker's and from an outage.
 *
 * @param error What `handleAuth` hands to `onError`.
 * @param params The query of the callback.
 * @returns A word that is safe in a URL: nothing of the request or the error is in it.
 */
export function signInFailure(error: unknown, params: URLSearchParams): SignInFailure {
  // The SDK does not look at `error` (RFC 6749, 4.1.2.1), and reports a refusal as missing parameters.
  if (params.get('error') === 'access_denied') return 'access_denied';
  if (params.has('error')) return 'not_allowed';
  if (error instanceof CallbackError) return error.code;
  if (error instanceof NotInvited) return 'not_invited';
  if (error instanceof SessionTooLarge) return 'session_too_large';
  const { status, error: code, cause } = Object(error) as Partial<Record<string, unknown>>;
  if (code === 'invalid_grant') return 'code_refused';
  if (typeof status === 'number' && (status === 429 || status >= 500)) return 'workos_unavailable';
  // The SDK wraps an unreachable host, and an answer that is not JSON, as the cause of a plain error.
  if (cause instanceof TypeError || (cause instanceof Error && cause.name === 'ParseError')) {
    return 'workos_unavailable';
  }
  return 'unknown';
}
