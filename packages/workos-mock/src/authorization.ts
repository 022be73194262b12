import { z } from 'zod';
import type {
  AuthenticationMethod,
  AuthorizationCode,
  AuthorizationRequest,
  BrowserSession,
  Impersonator,
  User,
} from './entities.ts';
import type { Environment } from './environment.ts';
import { oauthError } from './errors.ts';
import { emitAuthentication, kindOf } from './event-data.ts';
import { createId, randomString } from './ids.ts';
import { isAllowedUri } from './redirect-uris.ts';
import { sweep } from './store.ts';

const MINUTE = 60 * 1000;
/** An authorization code lives ten minutes, as in WorkOS. */
const CODE_LIFETIME = 10 * MINUTE;
/** How long a person may take on the hosted page. */
const REQUEST_LIFETIME = 60 * MINUTE;

/** Who can be named as `provider`, in the vendor's document, beside `authkit`. */
export const SOCIAL_PROVIDERS: readonly string[] = [
  'AppleOAuth',
  'BitbucketOAuth',
  'GitHubOAuth',
  'GitLabOAuth',
  'GoogleOAuth',
  'IntuitOAuth',
  'LinkedInOAuth',
  'MicrosoftOAuth',
  'SalesforceOAuth',
  'SlackOAuth',
  'VercelMarketplaceOAuth',
  'VercelOAuth',
  'XeroOAuth',
];

/** The query of `GET /user_management/authorize`. */
const authorizeQuery = z.object({
  client_id: z.string(),
  redirect_uri: z.string(),
  response_type: z.literal('code'),
  state: z.string().optional(),
  provider: z.string().optional(),
  connection_id: z.string().optional(),
  organization_id: z.string().optional(),
  code_challenge: z.string().min(43).max(128).optional(),
  code_challenge_method: z.string().optional(),
  login_hint: z.string().optional(),
  screen_hint: z.enum(['sign-in', 'sign-up']).optional(),
  prompt: z.string().optional(),
  max_age: z.coerce.number().int().min(0).optional(),
  invitation_token: z.string().optional(),
  password_reset_token: z.string().optional(),
});

export type AuthorizeParams = z.output<typeof authorizeQuery>;

/** A request that cannot be sent back to the app, because its address is not to be trusted: the person sees why. */
export class AuthorizeError extends Error {
  override name = 'AuthorizeError';
}

/**
 * Checks what an app asks for at the authorize endpoint.
 *
 * @throws AuthorizeError for an unknown client, an address off the allow-list, or a malformed request.
 */
export function parseAuthorizeQuery(
  env: Environment,
  query: Record<string, string>,
): AuthorizeParams {
  const { settings } = env.store;
  const result = authorizeQuery.safeParse(query);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new AuthorizeError(`The parameter ${issue?.path.join('.')} is missing or malformed.`);
  }
  const params = result.data;
  if (params.client_id !== settings.clientId) {
    throw new AuthorizeError(
      `The client id "${params.client_id}" is unknown. This environment has "${settings.clientId}".`,
    );
  }
  if (!isAllowedUri(params.redirect_uri, settings.redirectUris)) {
    throw new AuthorizeError(
      `The redirect URI "${params.redirect_uri}" is not on this environment’s list. Add it to redirectUris in the seed, as you would on the Redirects page of the dashboard.`,
    );
  }
  if (params.code_challenge_method !== undefined && params.code_challenge_method !== 'S256') {
    throw new AuthorizeError(
      `The code challenge method "${params.code_challenge_method}" is not accepted: use S256.`,
    );
  }
  if ((params.code_challenge === undefined) !== (params.code_challenge_method === undefined)) {
    throw new AuthorizeError('code_challenge and code_challenge_method must come together.');
  }
  if (!params.provider && !params.connection_id && !params.organization_id) {
    throw new AuthorizeError(
      'One of provider, connection_id and organization_id is needed; for the hosted page, provider=authkit.',
    );
  }
  if (params.provider && params.provider !== 'authkit') checkSocialProvider(env, params.provider);
  return params;
}

/** @throws AuthorizeError for a provider that WorkOS does not know, or that this environment has not enabled. */
export function checkSocialProvider(env: Environment, provider: string): void {
  if (!SOCIAL_PROVIDERS.includes(provider)) {
    throw new AuthorizeError(
      `The provider "${provider}" is unknown. WorkOS has authkit and ${SOCIAL_PROVIDERS.join(', ')}.`,
    );
  }
  if (env.store.settings.socialProviders.includes(provider)) return;
  throw new AuthorizeError(
    `The provider "${provider}" is not enabled. Add it to socialProviders in the seed, as you would on the Authentication page of the dashboard.`,
  );
}

/** Remembers what the app asked for while the person is on the hosted page. */
export function openAuthorizationRequest(
  env: Environment,
  params: AuthorizeParams,
): AuthorizationRequest {
  const { store, clock } = env;
  const now = clock.now();
  sweep(store.authorizationRequests, (request) => request.expiresAt <= now);
  const request: AuthorizationRequest = {
    id: createId('authorization_session', now),
    clientId: params.client_id,
    redirectUri: params.redirect_uri,
    state: params.state ?? null,
    codeChallenge: params.code_challenge ?? null,
    organizationId: params.organization_id ?? null,
    loginHint: params.login_hint ?? null,
    screenHint: params.screen_hint ?? 'sign-in',
    invitationToken: params.invitation_token ?? null,
    browser: null,
    csrfToken: randomString(26),
    step: 'sign-in',
    userId: null,
    method: 'Password',
    totpSecret: null,
    challengeId: null,
    expiresAt: now + REQUEST_LIFETIME,
  };
  store.authorizationRequests.set(request.id, request);
  return request;
}

/** Where a finished sign-in goes: back to the app with a code. */
export function codeRedirect(
  env: Environment,
  request: AuthorizationRequest,
  result: {
    user: User;
    organizationId: string | null;
    method: AuthenticationMethod;
    impersonator?: Impersonator | null;
    browserSession?: BrowserSession;
  },
): string {
  const { store, clock } = env;
  const now = clock.now();
  sweep(store.codes, (code) => code.expiresAt <= now);
  const code: AuthorizationCode = {
    code: createId('code', now).slice(5),
    clientId: request.clientId,
    redirectUri: request.redirectUri,
    codeChallenge: request.codeChallenge,
    userId: result.user.id,
    organizationId: result.organizationId,
    method: result.method,
    impersonator: result.impersonator ?? null,
    browserSession: result.browserSession ?? null,
    expiresAt: now + CODE_LIFETIME,
    usedFor: null,
  };
  store.codes.set(code.code, code);
  const kind = kindOf(code.method);
  const { id: userId, email } = result.user;
  if (kind) emitAuthentication(env, { kind, userId, email });
  store.authorizationRequests.delete(request.id);
  return withParams(request.redirectUri, { code: code.code, state: request.state });
}

/** Where a refused or cancelled sign-in goes: back to the app with an OAuth error. */
export function errorRedirect(
  env: Environment,
  request: AuthorizationRequest,
  error: string,
  description: string,
): string {
  env.store.authorizationRequests.delete(request.id);
  return withParams(request.redirectUri, {
    error,
    error_description: description,
    state: request.state,
  });
}

/**
 * Takes an authorization code: it is used up, for the client that it was made for and with the verifier of its challenge.
 *
 * @throws `invalid_grant`, whatever does not fit; who steals a code learns nothing from the answer.
 */
export async function takeCode(
  env: Environment,
  value: string,
  codeVerifier: string | undefined,
  isConfidential: boolean,
): Promise<AuthorizationCode> {
  const code = env.store.codes.get(value);
  if (!code || code.expiresAt <= env.clock.now()) {
    throw oauthError('invalid_grant', `The code '${value}' has expired or is invalid.`);
  }
  if (code.usedFor !== null) {
    throw oauthError('invalid_grant', `The code '${value}' has already been exchanged.`);
  }
  // Used up by the attempt, not by its success: a code is tried once.
  code.usedFor = 'attempted';
  if (code.codeChallenge === null) {
    if (codeVerifier !== undefined) {
      throw oauthError('invalid_grant', 'The code was asked for without a code challenge.');
    }
    if (!isConfidential) {
      throw oauthError('invalid_grant', 'A public client must use PKCE.');
    }
    return code;
  }
  if (codeVerifier === undefined) {
    throw oauthError('invalid_grant', 'The code verifier is missing.');
  }
  if ((await challengeOf(codeVerifier)) !== code.codeChallenge) {
    throw oauthError('invalid_grant', 'The code verifier does not match the code challenge.');
  }
  return code;
}

/** S256 of RFC 7636: the base64url form of the SHA-256 of the verifier. */
export async function challengeOf(verifier: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return btoa(String.fromCharCode(...new Uint8Array(hash)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** An address with what comes back in its query; a null is left out. */
export function withParams(uri: string, params: Record<string, string | null>): string {
  const url = new URL(uri);
  for (const [key, value] of Object.entries(params)) {
    if (value !== null) url.searchParams.set(key, value);
  }
  return url.toString();
}
