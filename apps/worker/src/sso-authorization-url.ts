// node/sso-authorization-url — https://workos.com/docs/reference/sso/get-authorization-url
import type { Profile, SSOAuthorizationURLOptions } from '@workos-inc/node/worker';
import { ApiError } from './api-error';
import { redirectUri, refuseFailure } from './confidential-pkce';
import type { AppContext } from './env';
import { keepAttempt, takeAttempt } from './sign-in-attempt';
import { isWorkosError, workosFor } from './workos';

/** How to find the identity provider. The SDK's types allow one of the three; at run time it would send them all. */
export type SsoSelector =
  | { connection: string }
  | { organization: string }
  | { provider: 'AppleOAuth' | 'GitHubOAuth' | 'GoogleOAuth' | 'MicrosoftOAuth' };

/** Social providers that this Worker offers. */
const PROVIDERS = ['AppleOAuth', 'GitHubOAuth', 'GoogleOAuth', 'MicrosoftOAuth'] as const;

/**
 * Picks the selector out of a query.
 *
 * @throws ApiError 422 unless there is exactly one, and a provider that is offered.
 */
export function ssoSelector(query: Record<string, string>): SsoSelector {
  const { connection, organization } = query;
  const provider = PROVIDERS.find((name) => name === query.provider);
  const selectors = [
    connection && { connection },
    organization && { organization },
    provider && { provider },
  ].filter((selector) => typeof selector === 'object');
  const [selector] = selectors;
  if (selector && selectors.length === 1) return selector;
  const message = 'This takes one of connection, organization and provider';
  throw new ApiError(422, 'invalid_selector', message);
}

/**
 * Begins a sign-in at somebody's own identity provider, without AuthKit: the standalone SSO API.
 *
 * @returns The address at WorkOS that leads on to the identity provider.
 */
export async function startSso(
  c: AppContext,
  selector: SsoSelector,
  loginHint?: string,
): Promise<string> {
  const workos = await workosFor(c.env);
  const { codeVerifier, codeChallenge } = await workos.pkce.generate();
  const state = workos.pkce.generateCodeVerifier(43);
  await keepAttempt(c, { state, codeVerifier, returnTo: '/', selector });
  const options: SSOAuthorizationURLOptions = {
    // Needed with each call: unlike elsewhere, the client's own is not used.
    clientId: c.env.WORKOS_CLIENT_ID,
    redirectUri: redirectUri(c, '/sso/callback'),
    state,
    codeChallenge,
    codeChallengeMethod: 'S256',
    loginHint,
    ...selector,
  };
  return workos.sso.getAuthorizationUrl(options);
}

/**
 * Finishes it. The profile is what the identity provider says; whose account of yours that is, you decide: by
 * `connectionId` and `idpId`, never by the e-mail address alone.
 *
 * It must be of the connection, organization or provider that was asked for. The address at WorkOS is not signed: whoever signs
 * in may have written another organization into it, with an identity provider of their own that calls them what they like.
 *
 * @throws ApiError 400 as `finishSignIn`, 403 for a profile from elsewhere.
 */
export async function finishSso(c: AppContext): Promise<Profile<Record<string, unknown>>> {
  const { code, state, error } = c.req.query();
  const attempt = await takeAttempt(c, state);
  refuseFailure(error);
  if (!attempt?.selector || !code) {
    throw new ApiError(400, 'unknown_sign_in', 'This sign-in did not begin in this browser.');
  }
  const { sso } = await workosFor(c.env);
  const { codeVerifier, selector } = attempt;
  const clientId = c.env.WORKOS_CLIENT_ID;
  const { profile } = await sso
    .getProfileAndToken({ clientId, code, codeVerifier })
    .catch((cause: unknown) => {
      if (!isWorkosError(cause, 'invalid_grant')) throw cause;
      const message = 'The sign-in took too long, or was finished before.';
      throw new ApiError(400, 'invalid_grant', message, {}, { cause });
    });
  const from: Record<string, string | undefined> = {
    connection: profile.connectionId,
    organization: profile.organizationId,
    provider: profile.connectionType,
  };
  if (Object.entries(selector).every(([name, value]) => from[name] === value)) return profile;
  throw new ApiError(403, 'another_provider', 'This is not the sign-in that was asked for.');
}
