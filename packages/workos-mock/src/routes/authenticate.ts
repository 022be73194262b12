import { Hono } from 'hono';
import { z } from 'zod';
import { type AppContext, type AppTypes, originOf } from '../environment.ts';
import { oauthError } from '../errors.ts';
import { grants } from '../grants.ts';
import { readBody } from '../request-body.ts';
import { allowCors, setSessionCookies } from '../session-cookies.ts';
import { authenticationResponse } from '../sessions.ts';

const client = z.object({
  client_id: z.string(),
  client_secret: z.string().optional(),
  grant_type: z.string(),
});

/** `POST /user_management/authenticate`, with a preflight for single-page apps. */
export const authenticate = new Hono<AppTypes>()
  .options('/user_management/authenticate', (c) => {
    allowCors(c);
    return c.body(null, 204);
  })
  .post('/user_management/authenticate', async (c) => {
    allowCors(c);
    const { grant_type: grantType, ...sent } = await readBody(c, client);
    const isConfidential = checkClient(c, sent.client_id, sent.client_secret);
    const grant = grants.get(grantType);
    if (!grant) {
      throw oauthError('invalid_request', `The grant type '${grantType}' is not supported.`);
    }
    if (!isConfidential && !grant.isPublic) {
      throw oauthError('invalid_client', 'This grant needs the client secret.');
    }
    const session = await grant.run(c, isConfidential);
    const answer = await authenticationResponse(c.env, session, originOf(c));
    if (!isConfidential) setSessionCookies(c, session);
    return c.json(answer);
  });

/** Whether the client proved itself with its secret; refused when the id or the secret is wrong. */
function checkClient(c: AppContext, clientId: string, secret: string | undefined): boolean {
  const { settings } = c.env.store;
  if (clientId !== settings.clientId) {
    throw oauthError('invalid_client', `The client id '${clientId}' is unknown.`);
  }
  if (secret !== undefined && secret !== settings.apiKey) {
    throw oauthError('invalid_client', 'The client secret is wrong.');
  }
  return secret !== undefined;
}
