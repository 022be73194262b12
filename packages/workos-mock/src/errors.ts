import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** An answer that is not a success, thrown anywhere below a route. */
export class ErrorResponse extends Error {
  override name = 'ErrorResponse';
  readonly status: ContentfulStatusCode;
  readonly body: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(
    status: ContentfulStatusCode,
    body: Record<string, unknown>,
    headers: Record<string, string> = {},
  ) {
    super(String(body.message ?? body.error_description ?? status));
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** WorkOS' own shape: `code` and `message`, with whatever the code carries. */
export function apiError(
  status: ContentfulStatusCode,
  code: string,
  message: string,
  more: Record<string, unknown> = {},
): ErrorResponse {
  return new ErrorResponse(status, { code, message, ...more });
}

/** The shape of OAuth 2.0 (RFC 6749, section 5.2): `error` and `error_description`. */
export function oauthError(
  error: string,
  description: string,
  more: Record<string, unknown> = {},
): ErrorResponse {
  return new ErrorResponse(400, { error, error_description: description, ...more });
}

/** 404 for an id that names nothing. */
export function notFound(kind: string, id: string): ErrorResponse {
  return new ErrorResponse(404, {
    code: 'entity_not_found',
    message: `${kind} not found: '${id}'.`,
    entity_id: id,
  });
}

/** @throws 400 for a slug with characters that slugs do not have. */
export function checkSlug(slug: string): void {
  if (/^[a-z0-9][a-z0-9:_.-]*$/i.test(slug)) return;
  throw apiError(400, 'bad_request', `'${slug}' is not a slug: letters, digits and -_.: only.`);
}

/** 422 for a request whose fields are missing or of the wrong kind. */
export function invalidRequest(
  errors: { field: string; code: string; message: string }[],
): ErrorResponse {
  return new ErrorResponse(422, {
    code: 'invalid_request_parameters',
    message: 'Validation failed',
    errors,
  });
}

/** 400 of the control API: one line that says what is wrong. */
export function badRequest(message: string): ErrorResponse {
  return new ErrorResponse(400, { message });
}

/** The connection was cut on purpose: the server destroys the socket, a call in process rejects. */
export class ConnectionDropped extends TypeError {
  override name = 'ConnectionDropped';

  constructor() {
    super('fetch failed', { cause: new Error('workos-mock dropped the connection (dropNext)') });
  }

  /** By its name: after `vi.resetModules()` a server that listens and the mock behind it have a class each. */
  static is(error: unknown): boolean {
    return error instanceof Error && error.name === 'ConnectionDropped';
  }
}
