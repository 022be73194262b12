// See https://github.com/workos/authkit-nextjs#callback-route; nextjs-proxy tells more reasons apart.
import { isNoAnswer } from '../../session-refresh-callbacks';
import { SessionTooLarge } from './session-size';

/**
 * Why a sign-in did not end in a session.
 *
 * @param error What `handleAuth` hands to `onError`.
 * @param params The query of the callback.
 * @returns A word that is safe in a URL: nothing of the request or the error is in it.
 */
export function failureReason(error: unknown, params: URLSearchParams) {
  // The SDK does not look at `error` (RFC 6749, 4.1.2.1), and reports a refusal as missing parameters.
  if (params.get('error') === 'access_denied') return 'access_denied';
  if (error instanceof SessionTooLarge) return 'session_too_large';
  const { status, cause } = Object(error) as Partial<Record<string, unknown>>;
  const isBusy = typeof status === 'number' && (status === 429 || status >= 500);
  // The SDK wraps an unreachable host as the cause of a plain error.
  const isSilent = cause instanceof TypeError || isNoAnswer(error);
  return isBusy || isSilent ? 'workos_unavailable' : 'not_finished';
}
