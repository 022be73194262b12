import { Hono } from 'hono';
import { type AppTypes, originOf } from '../environment.ts';
import { notFound } from '../errors.ts';

/** The keys that access tokens are verified with, and where to find everything else. */
export const jwks = new Hono<AppTypes>()
  .get('/sso/jwks/:clientId', async (c) => {
    checkClientId(c.req.param('clientId'), c.env.store.settings.clientId);
    return c.json(await c.env.tokens.jwks());
  })
  .get('/user_management/:clientId/.well-known/openid-configuration', (c) => {
    const clientId = c.req.param('clientId');
    checkClientId(clientId, c.env.store.settings.clientId);
    const origin = originOf(c);
    return c.json({
      issuer: `${origin}/user_management/${clientId}`,
      authorization_endpoint: `${origin}/user_management/authorize`,
      token_endpoint: `${origin}/user_management/authenticate`,
      end_session_endpoint: `${origin}/user_management/sessions/logout`,
      jwks_uri: `${origin}/sso/jwks/${clientId}`,
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      code_challenge_methods_supported: ['S256'],
      id_token_signing_alg_values_supported: ['RS256'],
      subject_types_supported: ['public'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'none'],
    });
  });

function checkClientId(clientId: string, known: string): void {
  if (clientId !== known) throw notFound('Client', clientId);
}
