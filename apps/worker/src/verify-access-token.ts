// node/verify-access-token — https://workos.com/docs/authkit/sessions/integrating-sessions/access-token
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type ExportedJWKSCache,
  type JWTPayload,
  jwksCache,
  jwtVerify,
  type JWTVerifyGetKey,
} from 'jose';
import { bearerError, unavailable } from './api-error';
import { forLog } from './for-log';
import { issuers, workosOrigin } from './env';

/** What WorkOS puts into the access token of a person. */
export interface AccessTokenClaims extends JWTPayload {
  /** The person. */
  sub: string;
  /** The session. */
  sid: string;
  org_id?: string;
  role?: string;
  permissions?: string[];
  exp: number;
}

/** How long keys go on being used while WorkOS cannot be asked for newer ones, in milliseconds. */
const STALE_KEYS = 24 * 60 * 60 * 1000;
/** How long to leave WorkOS alone after it did not answer, in milliseconds. */
const BACK_OFF = 10_000;
/** No access token is longer; a longer one is not worth a signature check. */
const LONGEST_TOKEN = 16_384;

/**
 * Checks an access token of a client: signature, issuer, client, expiry. The keys are asked for once in ten minutes, so a
 * request costs no call to WorkOS. There is no audience to check: WorkOS puts none into the tokens of people.
 *
 * @param token From the `Authorization` header.
 * @param env For the client id and the address of WorkOS.
 * @returns The claims.
 * @throws ApiError 401 `invalid_token` when it does not hold, 503 when there is no key to tell.
 */
export async function verifyAccessToken(token: string, env: Env): Promise<AccessTokenClaims> {
  try {
    if (token.length > LONGEST_TOKEN) throw new errors.JWTInvalid('The access token is too long');
    const { payload } = await jwtVerify<AccessTokenClaims>(token, signingKeys(env), {
      algorithms: ['RS256'],
      issuer: issuers(env),
      requiredClaims: ['sub', 'sid', 'exp'],
      clockTolerance: 5,
    });
    if (payload.client_id !== undefined && payload.client_id !== env.WORKOS_CLIENT_ID) {
      throw new errors.JWTClaimValidationFailed('another client', payload, 'client_id');
    }
    return payload;
  } catch (error) {
    // Everything that is wrong with a token is one of jose's own errors; the rest is about getting the keys.
    if (!(error instanceof errors.JOSEError)) throw error;
    throw bearerError(401, 'invalid_token', describe(error), { cause: error });
  }
}

/** Says what was wrong, for whoever wrote the client; never what the token holds. */
function describe(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'The access token has expired';
  if (error instanceof errors.JWKSNoMatchingKey) return 'The access token has an unknown key';
  if (error instanceof errors.JWTClaimValidationFailed) {
    return `The access token has an unexpected claim: ${error.claim}`;
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The signature does not hold';
  return 'The access token is malformed';
}

// Public keys are the same for everybody, so the requests of one isolate share them.
const keysByUrl = new Map<string, JWTVerifyGetKey>();

/** @see https://workos.com/docs/reference/authkit/session-tokens/jwks */
function signingKeys(env: Env): JWTVerifyGetKey {
  const url = `${workosOrigin(env)}/sso/jwks/${env.WORKOS_CLIENT_ID}`;
  let keys = keysByUrl.get(url);
  if (!keys) keysByUrl.set(url, (keys = createSigningKeys(url)));
  return keys;
}

function createSigningKeys(url: string): JWTVerifyGetKey {
  const cache: Partial<ExportedJWKSCache> = {};
  let unreachableUntil = 0;
  const remote = createRemoteJWKSet(new URL(url), {
    [jwksCache]: cache as ExportedJWKSCache,
    timeoutDuration: 3_000,
    // An unknown key is asked for again, so that a rotation needs no restart; but forged ones cost one call a second.
    cooldownDuration: 1_000,
  });
  return async (header, token) => {
    if (Date.now() >= unreachableUntil) {
      try {
        return await remote(header, token);
      } catch (error) {
        // This or that key is not the one: the keys are there.
        if (isAboutToken(error)) throw error;
        unreachableUntil = Date.now() + BACK_OFF;
        console.warn(`${url} does not answer:`, forLog(error));
      }
    }
    const { jwks, uat = 0 } = cache;
    if (!jwks || Date.now() > uat + STALE_KEYS) throw unavailable('no keys');
    return createLocalJWKSet(jwks)(header, token).catch((error: unknown) => {
      // It may be the newest one, which cannot be known now: not the client's fault.
      throw error instanceof errors.JWKSNoMatchingKey ? unavailable(error) : error;
    });
  };
}

function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}
