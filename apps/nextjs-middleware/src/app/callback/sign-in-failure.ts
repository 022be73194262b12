// nextjs/middleware-to-proxy — https://github.com/workos/authkit-nextjs#callback-route
import { SessionTooLarge } from './session-size';

/** Why a sign-in did not end in a session: the words for each are on the page that shows it. */
export const signInFailures = [
  'access_denied',
  'not_allowed',
  'session_too_large',
  'missing_auth_params',
  'missing_pkce_cookie',
  'oauth_state_mismatch',
  'code_refused',
  'workos_unavailable',
  'unknown',
] as const;

export type SignInFailure = (typeof signInFailures)[number];

/** Version 3 tells its own errors apart by their words alone; version 4 has `CallbackError.code`. */
const MESSAGES: [RegExp, SignInFailure][] = [
  [/^Missing required auth parameter/, 'missing_auth_params'],
  [/^Auth cookie missing/, 'missing_pkce_cookie'],
  [/^OAuth state mismatch/, 'oauth_state_mismatch'],
  // @workos-inc/node 8.13.0 reads an answer that is not JSON twice.
  [/^Body is unusable/, 'workos_unavailable'],
];

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
  if (error instanceof SessionTooLarge) return 'session_too_large';
  const { status, error: code, cause, message } = Object(error) as Partial<Record<string, unknown>>;
  const known = MESSAGES.find(([words]) => words.test(String(message ?? '')));
  if (known) return known[1];
  if (code === 'invalid_grant') return 'code_refused';
  // 408 is the SDK's own, for a WorkOS that says nothing for a minute.
  if (typeof status === 'number' && ([408, 429].includes(status) || status >= 500)) {
    return 'workos_unavailable';
  }
  // An unreachable host, and an answer that is not JSON, come as the cause of a plain error.
  return cause instanceof Error ? 'workos_unavailable' : 'unknown';
}
