import { Hono } from 'hono';
import {
  AuthorizeError,
  type AuthorizeParams,
  codeRedirect,
  errorRedirect,
  openAuthorizationRequest,
  parseAuthorizeQuery,
} from '../authorization.ts';
import { requiredConnection } from '../connections.ts';
import type { AuthenticationMethod, AuthorizationRequest, User } from '../entities.ts';
import type { AppTypes, Environment } from '../environment.ts';
import { firstPage } from '../hosted-sign-in.ts';
import { errorPage } from '../pages/error.ts';
import { activeMemberships } from '../sessions.ts';

/** `GET /user_management/authorize`: on to the hosted page, or straight back when `login_hint` says who it is. */
export const authorize = new Hono<AppTypes>().get('/user_management/authorize', (c) => {
  const env = c.env;
  let params;
  try {
    params = parseAuthorizeQuery(env, c.req.query());
  } catch (error) {
    if (!(error instanceof AuthorizeError)) throw error;
    return c.html(errorPage('This sign-in request cannot be used', error.message), 400);
  }
  const request = openAuthorizationRequest(env, params);
  const chosen = takeNextSignIn(env);
  if (chosen)
    return c.redirect(signInAtOnce(env, request, params, chosen.user, chosen.organizationId));
  if (!env.options.interactive && params.login_hint) {
    const user = env.store.users.find('email', params.login_hint.toLowerCase());
    if (user) return c.redirect(signInAtOnce(env, request, params, user, null));
    const description = `No user has the e-mail address ${params.login_hint}.`;
    return c.redirect(errorRedirect(env, request, 'access_denied', description));
  }
  return c.redirect(firstPage(env, request, params));
});

/** Back to the app without a page: for tests, and for whoever was chosen in the inspector. */
function signInAtOnce(
  env: Environment,
  request: AuthorizationRequest,
  params: AuthorizeParams,
  user: User,
  preferred: string | null,
): string {
  const connection = env.store.connections.get(params.connection_id ?? '');
  const asked = request.organizationId ?? connection?.organizationId;
  const memberships = activeMemberships(env, user.id);
  if (asked && !memberships.some((m) => m.organizationId === asked)) {
    const description = `${user.email} is not an active member of ${asked}.`;
    return errorRedirect(env, request, 'access_denied', description);
  }
  const organizationId = asked ?? preferred ?? memberships[0]?.organizationId ?? null;
  const method = methodOf(env, params, user, organizationId);
  return codeRedirect(env, request, { user, organizationId, method });
}

/** How the person would have signed in, had there been a page. */
function methodOf(
  env: Environment,
  { provider }: AuthorizeParams,
  user: User,
  organizationId: string | null,
): AuthenticationMethod {
  if (provider?.endsWith('OAuth')) return provider as `${string}OAuth`;
  const isSso = !provider || requiredConnection(env, organizationId, user, 'Password');
  return isSso ? 'SSO' : 'Password';
}

/** Who was chosen in the inspector for the next sign-in, within the last minute; used up by asking. */
function takeNextSignIn(env: Environment) {
  const next = env.nextSignIn;
  env.nextSignIn = null;
  if (!next || next.expiresAt <= env.clock.now()) return null;
  const user = env.store.users.get(next.userId);
  return user ? { user, organizationId: next.organizationId } : null;
}
