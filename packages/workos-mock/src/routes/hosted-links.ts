import { Hono } from 'hono';
import { openAuthorizationRequest, takeCode } from '../authorization.ts';
import type { EmailedSecret } from '../entities.ts';
import { type AppTypes, type Environment, originOf } from '../environment.ts';
import { ErrorResponse } from '../errors.ts';
import { DeadEnd, describe, firstPage, openRequest, proceed, readForm } from '../hosted-sign-in.ts';
import { findPendingInvitation } from '../invitations.ts';
import { donePage, invitationPage } from '../pages/invitation.ts';
import { newPasswordPage } from '../pages/password-reset.ts';
import { resetPassword } from './password-reset.ts';

/** What the links of e-mails open: a new password, an invitation. */
export const hostedLinks = new Hono<AppTypes>()
  .get('/authkit/reset-password', (c) => {
    const { token = '', authorization_session_id: id } = c.req.query();
    const request = id ? openRequest(c, id) : null;
    const { email } = resetOf(c.env, token);
    return c.html(newPasswordPage({ request, email, token, error: null }));
  })
  .post('/authkit/reset-password', async (c) => {
    const fields = new URLSearchParams(await c.req.text());
    const { request } = fields.has('authorization_session_id')
      ? await readForm(c)
      : { request: null };
    const token = fields.get('token') ?? '';
    const { email } = resetOf(c.env, token);
    let user;
    try {
      user = resetPassword(c.env, token, fields.get('password') ?? '');
    } catch (error) {
      return c.html(newPasswordPage({ request, email, token, error: describe(error) }), 400);
    }
    if (request) return proceed(c, request, user, 'Password');
    const message = `Sign in as ${email} with the new password.`;
    const apps = c.env.apps.list();
    return c.html(donePage({ title: 'The password is changed', message, apps }));
  })
  .get('/authkit/invitation', (c) => {
    const invitation = pendingInvitation(c.env, c.req.query('invitation_token'));
    const { organizations } = c.env.store;
    return c.html(
      invitationPage(invitation, organizations.get(invitation.organizationId ?? '')?.name),
    );
  })
  .post('/authkit/invitation', async (c) => {
    const { env } = c;
    const form = new URLSearchParams(await c.req.text());
    const invitation = pendingInvitation(env, form.get('invitation_token') ?? undefined);
    const params = {
      client_id: env.store.settings.clientId,
      redirect_uri: `${originOf(c)}/authkit/invitation/accepted`,
      response_type: 'code' as const,
      provider: 'authkit',
      invitation_token: invitation.token,
    };
    const request = openAuthorizationRequest(env, params);
    return c.redirect(firstPage(env, request, params), 303);
  })
  .get('/authkit/invitation/accepted', async (c) => {
    const { env } = c;
    const { code = '', error_description: refused } = c.req.query();
    if (refused !== undefined) throw new DeadEnd('The invitation was not accepted.');
    const taken = await takeCode(env, code, undefined, true).catch((error: unknown) => {
      if (error instanceof ErrorResponse) throw new DeadEnd('Open the link of the e-mail again.');
      throw error;
    });
    const user = env.store.users.get(taken.userId);
    const { organizationId } = taken;
    const name = env.store.organizations.get(organizationId ?? '')?.name;
    const message = name ? `You are a member of ${name}.` : 'The invitation is accepted.';
    const apps = env.apps.list();
    return c.html(donePage({ title: 'Welcome', message, apps, user, organizationId }));
  });

/** @throws DeadEnd when the link is no good. */
function resetOf(env: Environment, token: string): EmailedSecret {
  const secret = env.store.emailedSecrets.find('secret', token);
  const isOpen =
    secret?.kind === 'password_reset' && !secret.usedAt && secret.expiresAt > env.clock.now();
  if (!isOpen) throw new DeadEnd('This link has been used, has expired, or was cut short.');
  return secret;
}

/** @throws DeadEnd when it cannot be accepted. */
function pendingInvitation(env: Environment, token = '') {
  const invitation = findPendingInvitation(env, token);
  if (!invitation) {
    throw new DeadEnd('This invitation has been used, was revoked or has expired.');
  }
  return invitation;
}
