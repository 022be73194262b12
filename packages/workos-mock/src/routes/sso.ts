import { Hono } from 'hono';
import { html } from 'hono/html';
import { z } from 'zod';
import {
  AuthorizeError,
  challengeOf,
  checkSocialProvider,
  parseAuthorizeQuery,
  withParams,
} from '../authorization.ts';
import { deleteConnection } from '../connections.ts';
import type { SsoGrant, SsoRequest, User } from '../entities.ts';
import { type AppContext, type AppTypes, type Environment } from '../environment.ts';
import { ErrorResponse, notFound, oauthError } from '../errors.ts';
import { createId, randomString } from '../ids.ts';
import { errorPage } from '../pages/error.ts';
import { identityProviderPage } from '../pages/identity-provider.ts';
import { listPage } from '../pagination.ts';
import { readBody } from '../request-body.ts';
import { connectionResponse, profileResponse } from '../responses.ts';
import { sweep } from '../store.ts';

const MINUTE = 60 * 1000;
/** Codes and the access tokens for profiles live ten minutes. */
const GRANT_LIFETIME = 10 * MINUTE;
/** How long a person may take at the identity provider. */
const REQUEST_LIFETIME = 60 * MINUTE;

const tokenFields = z.object({
  client_id: z.string(),
  client_secret: z.string().optional(),
  grant_type: z.string(),
  code: z.string(),
  code_verifier: z.string().optional(),
});

/** The standalone SSO API: connections, the way to the identity provider, and the profile that comes back. */
export const sso = new Hono<AppTypes>()
  .get('/connections', (c) => {
    const { connections } = c.env.store;
    const { organization_id: organizationId, connection_type: type, domain } = c.req.query();
    const items = (
      organizationId ? connections.where('organizationId', organizationId) : connections.all()
    ).filter(
      (connection) =>
        (!type || connection.type === type) &&
        (!domain || connection.domains.some((owned) => owned.domain === domain)),
    );
    return listPage(c, items, connections, connectionResponse);
  })
  .get('/connections/:id', (c) => c.json(connectionResponse(connectionOf(c))))
  .delete('/connections/:id', (c) => {
    deleteConnection(c.env, connectionOf(c));
    return c.body(null, 204);
  })
  .get('/sso/authorize', (c) => {
    const env = c.env;
    const {
      connection,
      organization,
      provider,
      domain,
      login_hint: loginHint,
      ...rest
    } = c.req.query();
    let params;
    try {
      // The rules of the hosted page's endpoint; only the selectors are spelt differently.
      params = parseAuthorizeQuery(env, { ...rest, provider: 'authkit' });
      // `domain` is deprecated and still answered; @workos-inc/node 7 and workos-go 6 send it.
      const selectors = [connection, organization, provider, domain].filter(Boolean).length;
      if (selectors !== 1) {
        throw new AuthorizeError(
          'Exactly one of connection, organization and provider is needed; provider is e.g. GoogleOAuth.',
        );
      }
      if (provider) checkSocialProvider(env, provider);
    } catch (error) {
      if (!(error instanceof AuthorizeError)) throw error;
      return c.html(errorPage('This sign-in request cannot be used', error.message), 400);
    }
    const { connections } = env.store;
    const found = connection
      ? connections.get(connection)
      : organization
        ? connections.where('organizationId', organization)[0]
        : connections.all().find(({ domains }) => domains.some((owned) => owned.domain === domain));
    const request: SsoRequest = {
      id: createId('sso_request', env.clock.now()),
      redirectUri: params.redirect_uri,
      state: params.state ?? null,
      codeChallenge: params.code_challenge ?? null,
      connectionId: found?.id ?? null,
      connectionType: provider ?? found?.type ?? '',
      organizationId: found?.organizationId ?? null,
      expiresAt: env.clock.now() + REQUEST_LIFETIME,
    };
    if (!provider && found?.state !== 'active') {
      const error = found ? 'connection_inactive' : 'connection_invalid';
      const description = `There is no active connection for ${connection ?? organization ?? domain}.`;
      return c.redirect(failed(request, error, description));
    }
    if (!env.options.interactive && loginHint) {
      const wanted = loginHint.toLowerCase();
      const user = peopleOf(env, request).find(({ email }) => email.toLowerCase() === wanted);
      return c.redirect(
        user
          ? succeeded(env, request, user)
          : failed(request, 'access_denied', `The identity provider does not know ${loginHint}.`),
      );
    }
    sweep(env.store.ssoRequests, ({ expiresAt }) => expiresAt <= env.clock.now());
    env.store.ssoRequests.set(request.id, request);
    const name = found?.name ?? provider ?? '';
    return c.html(
      identityProviderPage({
        name,
        people: peopleOf(env, request),
        action: '/authkit/identity-provider',
        fields: html`<input type="hidden" name="request" value="${request.id}" />`,
      }),
    );
  })
  .post('/authkit/identity-provider', async (c) => {
    const { request: id, user_id: userId } = await readBody(
      c,
      z.object({ request: z.string(), user_id: z.string().optional() }),
    );
    const request = c.env.store.ssoRequests.get(id);
    c.env.store.ssoRequests.delete(id);
    if (!request || request.expiresAt <= c.env.clock.now()) {
      return c.html(errorPage('This sign-in is over', 'Start again from the app.'), 400);
    }
    const user = peopleOf(c.env, request).find((person) => person.id === userId);
    return c.redirect(
      user
        ? succeeded(c.env, request, user)
        : failed(request, 'access_denied', 'The sign-in was cancelled.'),
      303,
    );
  })
  .post('/sso/token', async (c) => {
    const { settings } = c.env.store;
    const body = await readBody(c, tokenFields);
    if (body.client_id !== settings.clientId) {
      throw oauthError('invalid_client', `The client id '${body.client_id}' is unknown.`);
    }
    if (body.client_secret !== undefined && body.client_secret !== settings.apiKey) {
      throw oauthError('invalid_client', 'The client secret is wrong.');
    }
    if (body.grant_type !== 'authorization_code') {
      throw oauthError('unsupported_grant_type', `'${body.grant_type}' is not supported.`);
    }
    const grant = takeGrant(c.env, body.code, 'code');
    if (!grant) throw oauthError('invalid_grant', `The code '${body.code}' is not valid.`);
    const { codeChallenge } = grant.request;
    const verified = body.code_verifier && (await challengeOf(body.code_verifier));
    if ((codeChallenge ?? '') !== (verified ?? '')) {
      throw oauthError('invalid_grant', 'The code verifier does not match the code challenge.');
    }
    if (!codeChallenge && body.client_secret === undefined) {
      throw oauthError('unauthorized_client', 'The client secret is missing.');
    }
    const token = makeGrant(c.env, 'token', grant.request, grant.userId);
    return c.json({
      token_type: 'Bearer',
      access_token: token.secret,
      expires_in: GRANT_LIFETIME / 1000,
      profile: profileOf(c.env, grant),
    });
  })
  .get('/sso/profile', (c) => {
    const token = c.req.header('authorization')?.replace(/^Bearer\s+/i, '') ?? '';
    const grant = takeGrant(c.env, token, 'token');
    if (!grant) throw new ErrorResponse(401, { error: 'Unauthorized' });
    return c.json(profileOf(c.env, grant));
  });

/** Whom the identity provider knows: the members of the organization; a social provider, everybody. */
function peopleOf(env: Environment, request: SsoRequest): User[] {
  const { users, memberships } = env.store;
  if (!request.organizationId) return [...users.all()];
  return memberships
    .where('organizationId', request.organizationId)
    .map(({ userId }) => users.get(userId)!);
}

function succeeded(env: Environment, request: SsoRequest, user: User): string {
  const { secret } = makeGrant(env, 'code', request, user.id);
  return withParams(request.redirectUri, { code: secret, state: request.state });
}

function failed(request: SsoRequest, error: string, description: string): string {
  return withParams(request.redirectUri, {
    error,
    error_description: description,
    state: request.state,
  });
}

function makeGrant(
  env: Environment,
  kind: SsoGrant['kind'],
  request: SsoRequest,
  userId: string,
): SsoGrant {
  const now = env.clock.now();
  const { ssoGrants } = env.store;
  sweep(ssoGrants, ({ expiresAt }) => expiresAt <= now);
  const expiresAt = now + GRANT_LIFETIME;
  const grant = { secret: randomString(26), kind, request, userId, usedAt: null, expiresAt };
  ssoGrants.set(grant.secret, grant);
  return grant;
}

/** A code is good for one exchange; a token for as many profiles as are asked for. */
function takeGrant(env: Environment, secret: string, kind: SsoGrant['kind']): SsoGrant | null {
  const grant = env.store.ssoGrants.get(secret);
  if (grant?.kind !== kind || grant.usedAt || grant.expiresAt <= env.clock.now()) return null;
  if (kind === 'code') grant.usedAt = env.clock.iso();
  return env.store.users.get(grant.userId) ? grant : null;
}

function profileOf(env: Environment, { request, userId }: SsoGrant) {
  return profileResponse(env.store, env.store.users.get(userId)!, {
    id: request.connectionId ?? `conn_${request.connectionType}`,
    type: request.connectionType,
    organizationId: request.organizationId,
  });
}

function connectionOf(c: AppContext) {
  const id = c.req.param('id')!;
  const connection = c.env.store.connections.get(id);
  if (!connection) throw notFound('Connection', id);
  return connection;
}
