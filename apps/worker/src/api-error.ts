import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** An answer of this Worker that is not a success, thrown anywhere below a route. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: ContentfulStatusCode;
  /** What a program acts on, e.g. `invalid_token`. */
  readonly error: string;
  readonly headers: Record<string, string>;

  /**
   * @param message What a person reads; it reaches the client.
   * @param headers Go into the answer, e.g. `retry-after`.
   */
  constructor(
    status: ContentfulStatusCode,
    error: string,
    message: string,
    headers: Record<string, string> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.status = status;
    this.error = error;
    this.headers = headers;
  }
}

/** 503: WorkOS does not answer. Whoever asked keeps what they have and comes back. */
export function unavailable(cause: unknown): ApiError {
  const message = 'WorkOS does not answer. Try again in a moment.';
  return new ApiError(503, 'unavailable', message, { 'retry-after': '5' }, { cause });
}

/**
 * An answer to a credential that is missing, wrong or not enough, with the challenge that a client reads.
 *
 * @param error One of the codes of RFC 6750, section 3.1; `unauthenticated` when there was no credential, of which the
 *   challenge then says no more.
 * @param scope The permission that is missing.
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3
 */
export function bearerError(
  status: 400 | 401 | 403,
  error: 'unauthenticated' | 'invalid_request' | 'invalid_token' | 'insufficient_scope',
  message: string,
  { scope, cause }: { scope?: string; cause?: unknown } = {},
): ApiError {
  const parameters = [
    'realm="worker"',
    ...(error === 'unauthenticated'
      ? []
      : [
          `error="${error}"`,
          `error_description="${message}"`,
          ...(scope ? [`scope="${scope}"`] : []),
        ]),
  ];
  const challenge = { 'www-authenticate': `Bearer ${parameters.join(', ')}` };
  return new ApiError(status, error, message, challenge, { cause });
}
