import { Hono } from 'hono';
import { z } from 'zod';
import type { Invitation } from '../entities.ts';
import { type AppContext, type AppTypes, originOf } from '../environment.ts';
import { apiError, notFound } from '../errors.ts';
import { emitInvitation } from '../event-data.ts';
import { createId, randomString } from '../ids.ts';
import { acceptInvitation } from '../invitations.ts';
import { listPage } from '../pagination.ts';
import { readBody } from '../request-body.ts';
import { invitationResponse, invitationState } from '../responses.ts';
import { activeMembership } from '../sessions.ts';
import { findRole } from '../store.ts';
import { isEmail } from '../users.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Invitations to the app or to one organization. */
export const invitations = new Hono<AppTypes>()
  .get('/user_management/invitations', (c) => {
    const { store } = c.env;
    const { email, organization_id: organizationId } = c.req.query();
    let items: readonly Invitation[] = store.invitations.all();
    if (email) items = store.invitations.where('email', email.toLowerCase());
    else if (organizationId) items = store.invitations.where('organizationId', organizationId);
    const matching =
      email && organizationId ? items.filter((i) => i.organizationId === organizationId) : items;
    return listPage(c, matching, store.invitations, (invitation) => show(c, invitation));
  })
  .post('/user_management/invitations', async (c) => {
    const { store, clock } = c.env;
    const body = await readBody(
      c,
      z.object({
        email: z.string().refine(isEmail, 'must be an email'),
        organization_id: z.string().nullish(),
        role_slug: z.string().nullish(),
        expires_in_days: z.number().nullish(),
        inviter_user_id: z.string().nullish(),
      }),
    );
    const { organization_id: organizationId = null, expires_in_days: days = 7 } = body;
    if (organizationId && !store.organizations.get(organizationId)) {
      throw notFound('Organization', organizationId);
    }
    if ((days ?? 7) < 1) throw apiError(400, 'expires_in_days_too_short', 'At least one day.');
    if ((days ?? 7) > 30) throw apiError(400, 'expires_in_days_too_long', 'At most thirty days.');
    if (body.role_slug && !findRole(store, body.role_slug, organizationId)) {
      throw apiError(400, 'invalid_role', `There is no role '${body.role_slug}'.`);
    }
    const { inviter_user_id: inviterUserId = null } = body;
    if (inviterUserId !== null && !store.users.get(inviterUserId)) {
      throw notFound('User', inviterUserId);
    }
    const user = store.users.find('email', body.email.toLowerCase());
    if (user && organizationId && activeMembership(c.env, user.id, organizationId)) {
      const message = 'The user is a member of the organization already.';
      throw apiError(400, 'user_already_organization_member', message);
    }
    const isPendingTwin = (invitation: Invitation) =>
      invitation.organizationId === organizationId &&
      invitationState(invitation, clock.now()) === 'pending';
    if (store.invitations.where('email', body.email.toLowerCase()).some(isPendingTwin)) {
      throw organizationId
        ? apiError(400, 'email_already_invited_to_organization', 'Invited there already.')
        : apiError(400, 'email_already_invited', 'Invited already.');
    }
    const invitation = store.invitations.insert({
      id: createId('invitation', clock.now()),
      email: body.email,
      token: randomString(24),
      organizationId,
      inviterUserId,
      acceptedUserId: null,
      roleSlug: body.role_slug ?? null,
      acceptedAt: null,
      revokedAt: null,
      expiresAt: clock.now() + (days ?? 7) * DAY,
      createdAt: clock.iso(),
      updatedAt: clock.iso(),
    });
    emitInvitation(c.env, 'created', invitation);
    return c.json(show(c, invitation), 201);
  })
  .get('/user_management/invitations/by_token/:token', (c) => {
    const token = c.req.param('token');
    const invitation = c.env.store.invitations.find('token', token);
    if (!invitation) throw notFound('Invitation', token);
    return c.json(show(c, invitation));
  })
  .get('/user_management/invitations/:id', (c) => c.json(show(c, invitationOf(c))))
  .post('/user_management/invitations/:id/accept', (c) => {
    const invitation = invitationOf(c);
    requirePending(c, invitation, () => 'invite_not_pending');
    const user = c.env.store.users.find('email', invitation.email.toLowerCase());
    if (!user) throw apiError(400, 'invalid_invite', 'Nobody has the invited e-mail address yet.');
    acceptInvitation(c.env, invitation, user);
    return c.json(show(c, invitation));
  })
  .post('/user_management/invitations/:id/revoke', (c) => {
    const invitation = invitationOf(c);
    requirePending(c, invitation, () => 'invite_not_pending');
    const now = c.env.clock.iso();
    c.env.store.invitations.update(invitation, { revokedAt: now, updatedAt: now });
    emitInvitation(c.env, 'revoked', invitation);
    return c.json(show(c, invitation));
  })
  .post('/user_management/invitations/:id/resend', (c) => {
    const invitation = invitationOf(c);
    requirePending(c, invitation, (state) => `invite_${state}`);
    emitInvitation(c.env, 'resent', invitation);
    return c.json(show(c, invitation));
  });

function invitationOf(c: AppContext): Invitation {
  const id = c.req.param('id')!;
  const invitation = c.env.store.invitations.get(id);
  if (!invitation) throw notFound('Invitation', id);
  return invitation;
}

function show(c: AppContext, invitation: Invitation) {
  return invitationResponse(invitation, c.env.clock.now(), originOf(c));
}

function requirePending(
  c: AppContext,
  invitation: Invitation,
  code: (state: string) => string,
): void {
  const state = invitationState(invitation, c.env.clock.now());
  if (state !== 'pending') throw apiError(400, code(state), `The invitation is ${state}.`);
}
