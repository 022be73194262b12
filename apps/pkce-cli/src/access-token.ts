/** What an access token of AuthKit says; which claims there are depends on the organization and the JWT template. */
export interface AccessTokenClaims {
  sub: string;
  sid: string;
  iat: number;
  exp: number;
  org_id?: string;
  role?: string;
  roles?: string[];
  permissions?: string[];
}

/**
 * Reads the claims of an access token that came straight from WorkOS.
 *
 * It checks no signature, which is right for the client that fetched the token over TLS and wrong for every API that
 * receives one: see `verify-access-token` in the worker app.
 *
 * @throws Error when it is not a token.
 */
export function readClaims(accessToken: string): AccessTokenClaims {
  const payload = accessToken.split('.')[1] ?? '';
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as AccessTokenClaims;
  if (typeof claims.sid !== 'string' || !Number.isFinite(claims.exp - claims.iat)) {
    throw new Error('The access token lacks sid, iat or exp.');
  }
  return claims;
}
