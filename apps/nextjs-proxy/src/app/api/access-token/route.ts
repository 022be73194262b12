// nextjs/use-access-token — https://github.com/workos/authkit-nextjs#access-token-management
import { getWorkOS } from '@workos-inc/authkit-nextjs';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';

let keys: ReturnType<typeof createRemoteJWKSet> | undefined;

/** How jose says that there are no keys to tell by; all its other errors are about the token. */
const NO_KEYS = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID']);

/**
 * Stands for an API of yours: it trusts a token for its signature, its client and its expiry, and asks WorkOS nothing.
 *
 * @returns 401 for a token that does not hold; 503 while the public keys cannot be fetched, which is no reason to sign in again.
 */
export async function GET(request: Request): Promise<Response> {
  const clientId = process.env.WORKOS_CLIENT_ID ?? '';
  const { userManagement, baseURL } = getWorkOS();
  // A custom authentication domain has an issuer of its own.
  const others = (process.env.WORKOS_ISSUERS ?? '').split(',').map((one) => one.trim());
  keys ??= createRemoteJWKSet(new URL(userManagement.getJwksUrl(clientId)));
  const [, token = ''] = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['RS256'],
      issuer: [`${baseURL}/user_management/${clientId}`, ...others.filter(Boolean)],
      requiredClaims: ['sub', 'sid', 'exp'],
    });
    // The issuer of a custom domain does not name the client.
    if (payload.client_id !== undefined && payload.client_id !== clientId) {
      throw new errors.JWTClaimValidationFailed('another client', payload, 'client_id');
    }
    const expiresAt = new Date((payload.exp ?? 0) * 1000).toISOString();
    return Response.json({
      userId: payload.sub,
      organizationId: payload.org_id,
      tokenId: payload.jti,
      expiresAt,
    });
  } catch (error) {
    if (error instanceof errors.JOSEError && !NO_KEYS.has(error.code)) {
      return Response.json({ message: 'Not a live access token.' }, { status: 401 });
    }
    return Response.json({ message: 'No keys to check the token with.' }, { status: 503 });
  }
}
