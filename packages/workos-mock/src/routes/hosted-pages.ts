import { Hono, type MiddlewareHandler } from 'hono';
import { every } from 'hono/combine';
import { secureHeaders } from 'hono/secure-headers';

import { codeRedirect, errorRedirect } from '../authorization.ts';

import { connectionForEmail } from '../connections.ts';
import { sendSecret } from '../emailed-secrets.ts';
import type { AuthorizationRequest, User } from '../entities.ts';
import type { AppContext, AppTypes } from '../environment.ts';
import { apiError } from '../errors.ts';
import { emitAuthentication } from '../event-data.ts';
import {
  askForCode,
  DeadEnd,
  describe,
  finish,
  identityProviderOf,
  openRequest,
  pageOf,
  personAt,
  proceed,
  readForm,
  refusalOf,
} from '../hosted-sign-in.ts';
import { findPendingInvitation } from '../invitations.ts';

import { errorPage } from '../pages/error.ts';
import { resetSentPage } from '../pages/password-reset.ts';
import { organizationPage, signInPage, signUpPage } from '../pages/sign-in.ts';
import { activeMemberships } from '../sessions.ts';

import { createUser } from '../users.ts';
import { hostedCodes } from './hosted-codes.ts';
import { hostedIdentityProviders } from './hosted-identity-providers.ts';
import { hostedLinks } from './hosted-links.ts';

/** What keeps a page that a person sees out of frames, caches and referrers, and foreign content out of it. */
export const pageHeaders: MiddlewareHandler<AppTypes> = every(
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
    // Who comes back to a refused form sees it again; the browser must keep the answer for that, as it cannot ask for it twice.
    c.header('Cache-Control', c.req.method === 'POST' ? 'private, no-cache' : 'no-store');
    await next();
  },
);

/** The hosted sign-in page. Plain forms: it works without JavaScript and with a password manager. */
export const hostedPages = new Hono<AppTypes>()
  .use('/authkit/*', pageHeaders)
  .get('/authkit/sign-in', (c) => {
    const request = openRequest(c, c.req.query('authorization_session_id'));
    return c.html(signIn(c, request, null));
  })
  .post('/authkit/sign-in', async (c) => {
    const { request, form } = await readForm(c);
    const { users } = c.env.store;
    if (form.user_id) {
      const user = users.get(form.user_id);
      if (!user) throw new DeadEnd('This person is no longer there. Go back and choose another.');
      return proceed(c, request, user, 'Password');
    }
    const user = users.find('email', (form.email ?? '').trim().toLowerCase());
    if (!user || user.password === null || user.password !== form.password) {
      const error = 'The e-mail address or the password is wrong.';
      const attempt = { email: form.email ?? null, userId: user?.id ?? null };
      const refusal = apiError(400, 'invalid_credentials', error);
      emitAuthentication(c.env, { kind: 'password', ...attempt }, refusal);
      return c.html(signIn(c, request, error, form.email), 400);
    }
    return proceed(c, request, user, 'Password');
  })
  .get('/authkit/sign-up', (c) => {
    const request = openRequest(c, c.req.query('authorization_session_id'));
    const email = request.loginHint ?? invitationOf(c, request).invitation?.email ?? '';
    const fields = { email, firstName: '', lastName: '' };
    return c.html(signUpPage({ request, ...invitationOf(c, request), error: null, fields }));
  })
  .post('/authkit/sign-up', async (c) => {
    const { request, form } = await readForm(c);
    const fields = {
      email: form.email ?? '',
      firstName: form.first_name ?? '',
      lastName: form.last_name ?? '',
    };
    const invited = invitationOf(c, request);
    const refuse = (error: string) =>
      c.html(signUpPage({ request, ...invited, error, fields }), 400);
    const { invitation } = invited;
    if (invitation && invitation.email.toLowerCase() !== fields.email.trim().toLowerCase()) {
      return refuse(`The invitation was sent to ${invitation.email}.`);
    }
    let user: User;
    try {
      user = createUser(c.env, { ...fields, password: form.password ?? '', emailVerified: false });
    } catch (error) {
      return refuse(describe(error));
    }
    return proceed(c, request, user, 'Password');
  })
  .post('/authkit/magic-auth', async (c) => {
    const { request, form } = await readForm(c);
    const user = c.env.store.users.find('email', (form.email ?? '').trim().toLowerCase());
    if (!user) {
      const error = form.email
        ? `Nobody has the e-mail address ${form.email}. Sign up instead?`
        : 'Enter your e-mail address first.';
      return c.html(signIn(c, request, error, form.email), 400);
    }
    return askForCode(c, request, user, 'magic-auth-code');
  })
  .post('/authkit/sso', async (c) => {
    const { request, form } = await readForm(c);
    const email = (form.email ?? '').trim();
    const connection = connectionForEmail(c.env, email);
    if (connection) return c.redirect(identityProviderOf(request, connection), 303);
    const error = email
      ? `No organization has single sign-on for ${email}.`
      : 'Enter your e-mail address first.';
    return c.html(signIn(c, request, error, email), 400);
  })
  .post('/authkit/forgot-password', async (c) => {
    const { request, form } = await readForm(c);
    const user = c.env.store.users.find('email', (form.email ?? '').trim().toLowerCase());
    if (!user) {
      const error = form.email
        ? `Nobody has the e-mail address ${form.email}.`
        : 'Enter your e-mail address first.';
      return c.html(signIn(c, request, error, form.email), 400);
    }
    const { secret: token } = sendSecret(c.env, 'password_reset', user);
    const link = pageOf(request, 'reset-password', { token });
    return c.html(resetSentPage(request, user.email, link));
  })
  .get('/authkit/organization', (c) => {
    const request = openRequest(c, c.req.query('authorization_session_id'));
    const user = personAt(c.env, request, 'organization');
    const organizations = activeMemberships(c.env, user.id).map(({ organizationId: id }) => ({
      id,
      name: c.env.store.organizations.get(id)?.name ?? id,
    }));
    return c.html(organizationPage({ request, user, organizations }));
  })
  .post('/authkit/organization', async (c) => {
    const { request, form } = await readForm(c);
    const user = personAt(c.env, request, 'organization');
    const organizationId = form.organization_id ?? '';
    const isMember = activeMemberships(c.env, user.id).some(
      (membership) => membership.organizationId === organizationId,
    );
    if (!isMember) throw new DeadEnd('You are not a member of this organization.');
    return finish(c, request, user, organizationId);
  })
  .post('/authkit/impersonate', async (c) => {
    const { request, form } = await readForm(c);
    const { users } = c.env.store;
    const user = users.get(form.user_id ?? '');
    const impersonator = users.get(form.impersonator_id ?? '');
    if (!user || !impersonator?.canImpersonate) throw new DeadEnd('Choose whom to impersonate.');
    const asked = request.organizationId;
    const refused = refusalOf(c.env, request, user, asked);
    if (refused) return c.redirect(refused, 303);
    return c.redirect(
      codeRedirect(c.env, request, {
        user,
        organizationId: asked ?? activeMemberships(c.env, user.id)[0]?.organizationId ?? null,
        method: 'Impersonation',
        impersonator: { email: impersonator.email, reason: form.reason || null },
      }),
      303,
    );
  })
  .post('/authkit/cancel', async (c) => {
    const { request } = await readForm(c);
    const description = 'The person cancelled the sign-in.';
    return c.redirect(errorRedirect(c.env, request, 'access_denied', description), 303);
  })
  .route('/', hostedCodes)
  .route('/', hostedIdentityProviders)
  .route('/', hostedLinks);

hostedPages.onError((error, c) => {
  if (!(error instanceof DeadEnd)) throw error;
  return c.html(errorPage('This sign-in cannot go on', error.message), 400);
});

function signIn(c: AppContext, request: AuthorizationRequest, error: string | null, email = '') {
  const { users, settings } = c.env.store;
  const invited = invitationOf(c, request);
  return signInPage({
    request,
    people: users.all(),
    socialProviders: settings.socialProviders,
    ...invited,
    error,
    email: email || (request.loginHint ?? invited.invitation?.email ?? ''),
  });
}

/** What the person was invited to, while that can still be accepted. */
function invitationOf(c: AppContext, request: AuthorizationRequest) {
  const invitation = request.invitationToken
    ? findPendingInvitation(c.env, request.invitationToken)
    : undefined;
  const organization = c.env.store.organizations.get(invitation?.organizationId ?? '')?.name;
  return { invitation, organization };
}
