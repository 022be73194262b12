import { Hono } from 'hono';
import {
  AuthorizeError,
  codeRedirect,
  errorRedirect,
  openAuthorizationRequest,
  parseAuthorizeQuery,
} from '../authorization.ts';
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
  if (chosen) {
    const { user, organizationId } = chosen;
    const organization = request.organizationId ?? organizationId;
    return c.redirect(
      codeRedirect(env, request, { user, organizationId: organization, method: 'Password' }),
    );
  }
  if (!env.options.interactive && params.login_hint) {
    const user = env.store.users.find('email', params.login_hint.toLowerCase());
    if (!user) {
      const description = `No user has the e-mail address ${params.login_hint}.`;
      return c.redirect(errorRedirect(env, request, 'access_denied', description));
    }
    const memberships = activeMemberships(env, user.id);
    const asked = params.organization_id;
    if (asked && !memberships.some((m) => m.organizationId === asked)) {
      const description = `${user.email} is not an active member of ${asked}.`;
      return c.redirect(errorRedirect(env, request, 'access_denied', description));
    }
    const organizationId = asked ?? memberships[0]?.organizationId ?? null;
    return c.redirect(codeRedirect(env, request, { user, organizationId, method: 'Password' }));
  }
  return c.redirect(firstPage(env, request, params));
});

/** Who was chosen in the inspector for the next sign-in, within the last minute; used up by asking. */
function takeNextSignIn(env: Environment) {
  const next = env.nextSignIn;
  env.nextSignIn = null;
  if (!next || next.expiresAt <= env.clock.now()) return null;
  const user = env.store.users.get(next.userId);
  return user ? { user, organizationId: next.organizationId } : null;
}
