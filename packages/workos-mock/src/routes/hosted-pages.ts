import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { secureHeaders } from 'hono/secure-headers';
import { codeRedirect, errorRedirect } from '../authorization.ts';
import { latestSecret, sendSecret, useCode } from '../emailed-secrets.ts';
import type { AuthenticationMethod, AuthorizationRequest, User } from '../entities.ts';
import type { AppContext, AppTypes } from '../environment.ts';
import { ErrorResponse } from '../errors.ts';
import { randomString } from '../ids.ts';
import { acceptInvitation, findPendingInvitation } from '../invitations.ts';
import { errorPage } from '../pages/error.ts';
import { codePage, organizationPage, signInPage, signUpPage } from '../pages/sign-in.ts';
import { activeMemberships } from '../sessions.ts';
import { createUser } from '../users.ts';

const BROWSER_COOKIE = 'authkit_browser';

/** A page that cannot go on; the person sees why. */
class DeadEnd extends Error {
  override name = 'DeadEnd';
}

/** The hosted sign-in page. Plain forms: it works without JavaScript and with a password manager. */
export const hostedPages = new Hono<AppTypes>()
  .use(
    '/authkit/*',
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'unsafe-inline'"],
        imgSrc: ['data:'],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: 'no-referrer',
      strictTransportSecurity: false,
      xFrameOptions: 'DENY',
    }),
    async (c, next) => {
      c.header('Cache-Control', 'no-store');
      await next();
    },
  )
  .get('/authkit/sign-in', (c) => {
    const request = openRequest(c, c.req.query('authorization_session_id'));
    return c.html(signIn(c, request, null, request.loginHint ?? ''));
  })
  .post('/authkit/sign-in', async (c) => {
    const { request, form } = await readForm(c);
    const { users } = c.env.store;
    if (form.user_id) {
      const user = users.get(form.user_id);
      if (!user) throw new DeadEnd('This person is no longer there. Go back and choose another.');
      return next(c, request, user, 'Password');
    }
    const user = users.find('email', (form.email ?? '').trim().toLowerCase());
    if (!user || user.password === null || user.password !== form.password) {
      const error = 'The e-mail address or the password is wrong.';
      return c.html(signIn(c, request, error, form.email ?? ''), 400);
    }
    if (!user.emailVerified) return showCode(c, request, user, 'email_verification');
    return next(c, request, user, 'Password');
  })
  .get('/authkit/sign-up', (c) => {
    const request = openRequest(c, c.req.query('authorization_session_id'));
    const fields = { email: request.loginHint ?? '', firstName: '', lastName: '' };
    return c.html(signUpPage({ request, error: null, fields }));
  })
  .post('/authkit/sign-up', async (c) => {
    const { request, form } = await readForm(c);
    const fields = {
      email: form.email ?? '',
      firstName: form.first_name ?? '',
      lastName: form.last_name ?? '',
    };
    let user: User;
    try {
      user = createUser(c.env, { ...fields, password: form.password ?? '', emailVerified: false });
    } catch (error) {
      if (!(error instanceof ErrorResponse)) throw error;
      return c.html(signUpPage({ request, error: describe(error), fields }), 400);
    }
    return showCode(c, request, user, 'email_verification');
  })
  .post('/authkit/magic-auth', async (c) => {
    const { request, form } = await readForm(c);
    const user = c.env.store.users.find('email', (form.email ?? '').trim().toLowerCase());
    if (!user) {
      const error = form.email
        ? `Nobody has the e-mail address ${form.email}. Sign up instead?`
        : 'Enter your e-mail address first.';
      return c.html(signIn(c, request, error, form.email ?? ''), 400);
    }
    return showCode(c, request, user, 'magic_auth');
  })
  .post('/authkit/code', async (c) => {
    const { request, form } = await readForm(c);
    const { env } = c;
    const user = request.userId ? env.store.users.get(request.userId) : undefined;
    if (!user) throw new DeadEnd('No code was asked for. Start again from the app.');
    const kind = request.method === 'MagicAuth' ? 'magic_auth' : 'email_verification';
    const secret = latestSecret(env, kind, user.id);
    try {
      useCode(env, secret, form.code ?? '', {
        incorrect: 'incorrect',
        used: 'used',
        expired: 'expired',
        tooMany: 'too_many',
      });
    } catch (error) {
      if (!(error instanceof ErrorResponse)) throw error;
      const view = { request, email: user.email, code: secret?.secret ?? '' };
      return c.html(codePage({ ...view, error: error.message }), 400);
    }
    env.store.users.update(user, { emailVerified: true });
    return next(c, request, user, request.method);
  })
  .post('/authkit/impersonate', async (c) => {
    const { request, form } = await readForm(c);
    const { users } = c.env.store;
    const user = users.get(form.user_id ?? '');
    const impersonator = users.get(form.impersonator_id ?? '');
    if (!user || !impersonator?.canImpersonate) throw new DeadEnd('Choose whom to impersonate.');
    const organizationId = c.env.store.memberships.where('userId', user.id)[0]?.organizationId;
    return c.redirect(
      codeRedirect(c.env, request, {
        user,
        organizationId: request.organizationId ?? organizationId ?? null,
        method: 'Impersonation',
        impersonator: { email: impersonator.email, reason: form.reason || null },
      }),
      303,
    );
  })
  .post('/authkit/organization', async (c) => {
    const { request, form } = await readForm(c);
    const user = request.userId ? c.env.store.users.get(request.userId) : undefined;
    const organizationId = form.organization_id ?? '';
    const isMember =
      user && activeMemberships(c.env, user.id).some((m) => m.organizationId === organizationId);
    if (!isMember) throw new DeadEnd('You are not a member of this organization.');
    const { method } = request;
    return c.redirect(codeRedirect(c.env, request, { user, organizationId, method }), 303);
  })
  .post('/authkit/cancel', async (c) => {
    const { request } = await readForm(c);
    const description = 'The person cancelled the sign-in.';
    return c.redirect(errorRedirect(c.env, request, 'access_denied', description), 303);
  });

hostedPages.onError((error, c) => {
  if (!(error instanceof DeadEnd)) throw error;
  return c.html(errorPage('This sign-in cannot go on', error.message), 400);
});

/** What follows once it is known who the person is: the organization, then back to the app. */
function next(
  c: AppContext,
  request: AuthorizationRequest,
  user: User,
  method: AuthenticationMethod,
) {
  const { env } = c;
  if (request.invitationToken) {
    const invitation = findPendingInvitation(env, request.invitationToken);
    if (!invitation || invitation.email.toLowerCase() !== user.email.toLowerCase()) {
      throw new DeadEnd(
        invitation
          ? `This invitation was sent to ${invitation.email}, not to ${user.email}.`
          : 'This invitation has been used, was revoked or has expired.',
      );
    }
    acceptInvitation(env, invitation, user);
    request.organizationId = invitation.organizationId;
  }
  const memberships = activeMemberships(env, user.id);
  const asked = request.organizationId;
  if (asked && !memberships.some((m) => m.organizationId === asked)) {
    const name = env.store.organizations.get(asked)?.name ?? asked;
    const description = `${user.email} is not a member of ${name}.`;
    return c.redirect(errorRedirect(env, request, 'access_denied', description), 303);
  }
  if (asked || memberships.length < 2) {
    const organizationId = asked ?? memberships[0]?.organizationId ?? null;
    return c.redirect(codeRedirect(env, request, { user, organizationId, method }), 303);
  }
  request.userId = user.id;
  request.method = method;
  const organizations = memberships.map((membership) => ({
    id: membership.organizationId,
    name: env.store.organizations.get(membership.organizationId)?.name ?? membership.organizationId,
  }));
  return c.html(organizationPage({ request, user, organizations }));
}

function signIn(c: AppContext, request: AuthorizationRequest, error: string | null, email: string) {
  return signInPage({ request, people: c.env.store.users.all(), error, email });
}

function showCode(
  c: AppContext,
  request: AuthorizationRequest,
  user: User,
  kind: 'magic_auth' | 'email_verification',
) {
  request.userId = user.id;
  request.method = kind === 'magic_auth' ? 'MagicAuth' : 'Password';
  const { secret: code } = sendSecret(c.env, kind, user);
  return c.html(codePage({ request, email: user.email, code, error: null }));
}

async function readForm(c: AppContext) {
  const form = Object.fromEntries(new URLSearchParams(await c.req.text())) as Record<
    string,
    string | undefined
  >;
  return { form, request: openRequest(c, form.authorization_session_id) };
}

/** The sign-in that a page belongs to, in the browser that it belongs to. */
function openRequest(c: AppContext, id: string | undefined): AuthorizationRequest {
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

function describe(error: ErrorResponse): string {
  const errors = error.body.errors as { message: string }[] | undefined;
  return errors?.map(({ message }) => message).join(' ') ?? error.message;
}
