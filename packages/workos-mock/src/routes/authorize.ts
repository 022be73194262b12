import { Hono } from 'hono';
import {
  AuthorizeError,
  type AuthorizeParams,
  codeRedirect,
  errorRedirect,
  openAuthorizationRequest,
  parseAuthorizeQuery,
} from '../authorization.ts';
import { knownBrowser } from '../browser-session.ts';
import { requiredConnection } from '../connections.ts';
import type {
  AuthenticationMethod,
  AuthorizationRequest,
  OutsideSignIn,
  User,
} from '../entities.ts';
import type { AppContext, AppTypes, Environment } from '../environment.ts';
import { firstPage, refusalOf } from '../hosted-sign-in.ts';
import { takeOutside } from '../outside-sign-in.ts';
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
  const outside = takeOutside(c);
  if (outside) return c.redirect(signInAtOnce(env, request, params, outside.user, outside));
  if (!env.options.interactive && params.login_hint) {
    const user = env.store.users.find('email', params.login_hint.toLowerCase());
    if (user) return c.redirect(signInAtOnce(env, request, params, user));
    const description = `No user has the e-mail address ${params.login_hint}.`;
    return c.redirect(errorRedirect(env, request, 'access_denied', description));
  }
  return c.redirect(passOn(c, request, params) ?? firstPage(env, request, params));
});

/** Back to the app at once with who this browser is known as; null where a page has to ask. */
function passOn(
  c: AppContext,
  request: AuthorizationRequest,
  params: AuthorizeParams,
): string | null {
  const { env } = c;
  const known = knownBrowser(c, params);
  if (!known) return null;
  const { session, user } = known;
  const asked = request.organizationId;
  const refused = refusalOf(env, request, user, asked);
  if (refused) return refused;
  const memberships = activeMemberships(env, user.id);
  const last = memberships.find((m) => m.organizationId === session.organizationId);
  if (!asked && !last && memberships.length > 1) return null;
  const organizationId = asked ?? (last ?? memberships[0])?.organizationId ?? null;
  const { method } = session;
  if (requiredConnection(env, organizationId, user, method)) return null;
  session.organizationId = organizationId;
  return codeRedirect(env, request, { user, organizationId, method, browserSession: session });
}

/** Back to the app without a page: for tests, and for whoever began outside of the app. */
function signInAtOnce(
  env: Environment,
  request: AuthorizationRequest,
  params: AuthorizeParams,
  user: User,
  outside?: OutsideSignIn,
): string {
  const connection = env.store.connections.get(params.connection_id ?? '');
  const asked = request.organizationId ?? connection?.organizationId ?? null;
  const refused = refusalOf(env, request, user, asked);
  if (refused) return refused;
  const first = activeMemberships(env, user.id)[0]?.organizationId;
  const organizationId = asked ?? outside?.organizationId ?? first ?? null;
  const method = outside?.method ?? methodOf(env, params, user, organizationId);
  const impersonator = outside?.impersonator;
  return codeRedirect(env, request, { user, organizationId, method, impersonator });
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
