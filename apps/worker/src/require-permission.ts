import type { MiddlewareHandler } from 'hono';
import { bearerError } from './api-error';
import type { AppTypes } from './env';
import { looksLikeApiKey, validateApiKey } from './validate-api-key';
import { verifyAccessToken } from './verify-access-token';

/** Who called the API: a person with an access token, or a program with an API key. */
export interface Caller {
  /** A key is no person, even where it is somebody's own: it was made for one organization. */
  via: 'token' | 'key';
  /** Whose token or key it is. Null for a key of the organization itself. */
  userId: string | null;
  /** Null for a person who signed in to no organization. */
  organizationId: string | null;
  role: string | null;
  permissions: string[];
}

/**
 * Lets a request pass that brings an access token or an API key with the permission, and leaves the caller in
 * `c.get('caller')`.
 *
 * @param permission Left out: whoever is known may pass.
 * @throws ApiError 401 without a credential or with a wrong one, 403 without the permission, each with the `WWW-Authenticate`
 *   that RFC 6750, section 3, prescribes; 429 for one of too many unknown API keys, 503 when WorkOS cannot be asked.
 */
export function requirePermission(permission?: string): MiddlewareHandler<AppTypes> {
  return async (c, next) => {
    const credential = bearerCredential(c.req.header('authorization'));
    const caller = await authenticate(credential, c.env);
    if (permission && !caller.permissions.includes(permission)) {
      const message = `This takes the permission ${permission}`;
      throw bearerError(403, 'insufficient_scope', message, { scope: permission });
    }
    c.set('caller', caller);
    await next();
  };
}

async function authenticate(credential: string, env: Env): Promise<Caller> {
  if (looksLikeApiKey(credential)) return validateApiKey(credential, env);
  const claims = await verifyAccessToken(credential, env);
  return {
    via: 'token',
    userId: claims.sub,
    organizationId: claims.org_id ?? null,
    role: claims.role ?? null,
    permissions: claims.permissions ?? [],
  };
}

/** The credential of `Authorization: Bearer …`. */
function bearerCredential(header: string | undefined): string {
  const [scheme, credential, ...rest] = header?.trim().split(/ +/) ?? [];
  if (scheme?.toLowerCase() !== 'bearer') {
    throw bearerError(
      401,
      'unauthenticated',
      'This takes an access token: Authorization: Bearer …',
    );
  }
  if (!credential || rest.length > 0) {
    throw bearerError(400, 'invalid_request', 'The Authorization header is malformed');
  }
  return credential;
}
