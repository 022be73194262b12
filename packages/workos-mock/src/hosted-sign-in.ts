import { getCookie, setCookie } from 'hono/cookie';
import { challengeFactor } from './auth-factors.ts';
import { codeRedirect, errorRedirect } from './authorization.ts';
import { rememberBrowser } from './browser-session.ts';
import { connectionOf, requiredConnection } from './connections.ts';
import { sendSecret } from './emailed-secrets.ts';
import type {
  AuthenticationMethod,
  AuthorizationRequest,
  Connection,
  SignInStep,
  User,
} from './entities.ts';
import type { AppContext, Environment } from './environment.ts';
import { ErrorResponse } from './errors.ts';
import { randomString } from './ids.ts';
import { acceptInvitation, findPendingInvitation } from './invitations.ts';
import { activeMembership, activeMemberships } from './sessions.ts';
import { createTotpSecret } from './totp.ts';
import { markVerified } from './users.ts';

const BROWSER_COOKIE = 'authkit_browser';

/** A page that cannot go on; the person sees why. */
export class DeadEnd extends Error {
  override name = 'DeadEnd';
}

/** The page of a step, e.g. `/authkit/mfa-challenge?authorization_session_id=…`. */
export function pageOf(request: AuthorizationRequest, page: string, more = {}): string {
  return `/authkit/${page}?${new URLSearchParams({ authorization_session_id: request.id, ...more })}`;
}

/** Where a sign-in begins, by what the app asked for. */
export function firstPage(
  env: Environment,
  request: AuthorizationRequest,
  params: { provider?: string; connection_id?: string; password_reset_token?: string },
): string {
  const { provider, connection_id: connectionId, password_reset_token: token } = params;
  if (provider?.endsWith('OAuth')) return pageOf(request, 'provider', { provider });
  if (token) return pageOf(request, 'reset-password', { token });
  const organization = env.store.organizations.get(request.organizationId ?? '');
  const isSsoAsked = connectionId !== undefined || provider === undefined;
  if (isSsoAsked || organization?.ssoRequired) {
    const connection = connectionId
      ? env.store.connections.get(connectionId)
      : connectionOf(env, request.organizationId);
    if (connection?.state === 'active') return identityProviderOf(request, connection);
    if (isSsoAsked) {
      const error = connection ? 'connection_inactive' : 'connection_invalid';
      const description = `There is no active connection for ${connectionId ?? request.organizationId}.`;
      return errorRedirect(env, request, error, description);
    }
  }
  const invitation = request.invitationToken
    ? findPendingInvitation(env, request.invitationToken)
    : undefined;
  const isNew = invitation && !env.store.users.find('email', invitation.email.toLowerCase());
  return pageOf(request, isNew || request.screenHint === 'sign-up' ? 'sign-up' : 'sign-in');
}

/** The identity provider's page, which belongs to the mock as well. */
export function identityProviderOf(request: AuthorizationRequest, connection: Connection): string {
  return pageOf(request, 'provider', { connection: connection.id });
}

/**
 * Goes on with a sign-in once it is known who the person is: the steps that the API refuses with a 403 until they are taken
 * are pages here, one after the other, and then it is back to the app.
 *
 * @param method How the person proved who they are; whoever comes from an identity provider has no second factor to show.
 * @returns A redirect to the next page, or to the app.
 */
export function proceed(
  c: AppContext,
  request: AuthorizationRequest,
  user: User,
  method: AuthenticationMethod,
): Response {
  const { env } = c;
  request.userId = user.id;
  request.method = method;
  const invitation = request.invitationToken
    ? findPendingInvitation(env, request.invitationToken)
    : undefined;
  if (request.invitationToken && invitation?.email.toLowerCase() !== user.email.toLowerCase()) {
    throw new DeadEnd(
      invitation
        ? `This invitation was sent to ${invitation.email}, not to ${user.email}.`
        : 'This invitation has been used, was revoked or has expired.',
    );
  }
  if (invitation?.organizationId) request.organizationId = invitation.organizationId;
  const connection = requiredConnection(env, request.organizationId, user, method);
  if (connection) return c.redirect(identityProviderOf(request, connection), 303);
  if (!user.emailVerified) {
    // Whoever has the token has the e-mail that it came with.
    if (!invitation) return askForCode(c, request, user, 'email-verification');
    markVerified(env, user);
  }
  const factor = env.store.authFactors.where('userId', user.id).findLast(({ totp }) => totp);
  if (method !== 'SSO' && (factor || env.store.settings.mfaRequired)) {
    if (!factor) {
      request.totpSecret = createTotpSecret();
      return goTo(c, request, 'mfa-enrollment');
    }
    request.challengeId = challengeFactor(env, factor).id;
    return goTo(c, request, 'mfa-challenge');
  }
  return chooseOrganization(c, request, user);
}

/** The last steps, once the person has shown all that is asked for: the invitation is accepted, the organization chosen. */
export function chooseOrganization(
  c: AppContext,
  request: AuthorizationRequest,
  user: User,
): Response {
  const { env } = c;
  const invitation = request.invitationToken
    ? findPendingInvitation(env, request.invitationToken)
    : undefined;
  if (invitation) acceptInvitation(env, invitation, user);
  const memberships = activeMemberships(env, user.id);
  const asked = request.organizationId;
  const refused = refusalOf(env, request, user, asked);
  if (refused) return c.redirect(refused, 303);
  if (!asked && memberships.length > 1) return goTo(c, request, 'organization');
  return finish(c, request, user, asked ?? memberships[0]?.organizationId ?? null);
}

/** Back to the app with `access_denied` for who is not an active member of the organization that is asked for; else null. */
export function refusalOf(
  env: Environment,
  request: AuthorizationRequest,
  user: User,
  asked: string | null,
): string | null {
  if (!asked || activeMembership(env, user.id, asked)) return null;
  const name = env.store.organizations.get(asked)?.name ?? asked;
  const description = `${user.email} is not an active member of ${name}.`;
  return errorRedirect(env, request, 'access_denied', description);
}

/** Back to the app with a code, unless the organization wants its people to come from its identity provider. */
export function finish(
  c: AppContext,
  request: AuthorizationRequest,
  user: User,
  organizationId: string | null,
): Response {
  const { env } = c;
  const { method } = request;
  const connection = requiredConnection(env, organizationId, user, method);
  if (connection) return c.redirect(identityProviderOf(request, connection), 303);
  const browserSession = rememberBrowser(c, user, organizationId, method);
  return c.redirect(
    codeRedirect(env, request, { user, organizationId, method, browserSession }),
    303,
  );
}

/** "Sends" a code and shows where to type it in. */
export function askForCode(
  c: AppContext,
  request: AuthorizationRequest,
  user: User,
  step: 'magic-auth-code' | 'email-verification',
): Response {
  request.userId = user.id;
  request.method = step === 'magic-auth-code' ? 'MagicAuth' : request.method;
  sendSecret(c.env, step === 'magic-auth-code' ? 'magic_auth' : 'email_verification', user);
  return goTo(c, request, step);
}

function goTo(c: AppContext, request: AuthorizationRequest, step: SignInStep): Response {
  request.step = step;
  return c.redirect(pageOf(request, step), 303);
}

/** The sign-in of a form that was submitted, with its fields. */
export async function readForm(c: AppContext) {
  const form = Object.fromEntries(new URLSearchParams(await c.req.text())) as Record<
    string,
    string | undefined
  >;
  const request = openRequest(c, form.authorization_session_id);
  if (form.csrf_token !== request.csrfToken) {
    throw new DeadEnd('The form was not sent from its page. Start again from the app.');
  }
  return { form, request };
}

/**
 * The sign-in that a page belongs to, in the browser that it belongs to.
 *
 * @throws DeadEnd when it is over, or another browser's.
 */
export function openRequest(c: AppContext, id: string | undefined): AuthorizationRequest {
  const { store, clock } = c.env;
  const request = id ? store.authorizationRequests.get(id) : undefined;
  if (!request || request.expiresAt <= clock.now()) {
    throw new DeadEnd(
      'It is finished already, has expired, or the mock was restarted. Start again from the app.',
    );
  }
  const browser = getCookie(c, BROWSER_COOKIE);
  if (request.browser === null) {
    request.browser = browser ?? randomString(26);
    const cookie = { path: '/authkit', httpOnly: true, sameSite: 'Lax' } as const;
    setCookie(c, BROWSER_COOKIE, request.browser, cookie);
  } else if (request.browser !== browser) {
    throw new DeadEnd('It was begun in another browser. Start again from the app.');
  }
  return request;
}

/**
 * The person of a sign-in that has come as far as a step.
 *
 * @throws DeadEnd when it has not, so that no step can be left out.
 */
export function personAt(env: Environment, request: AuthorizationRequest, step: SignInStep): User {
  const user = request.userId ? env.store.users.get(request.userId) : undefined;
  if (!user || request.step !== step) {
    throw new DeadEnd('This step is over, or another comes first. Start again from the app.');
  }
  return user;
}

/** What an error of the API says to a person. */
export function describe(error: unknown): string {
  if (!(error instanceof ErrorResponse)) throw error;
  const errors = error.body.errors as { message: string }[] | undefined;
  return errors?.map(({ message }) => message).join(' ') ?? error.message;
}
