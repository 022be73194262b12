import type { Invitation, User } from './entities.ts';
import type { Environment } from './environment.ts';
import { emitInvitation, emitMembership } from './event-data.ts';
import { createId } from './ids.ts';
import { invitationState } from './responses.ts';

/** The invitation with that token, if it can still be accepted. */
export function findPendingInvitation(env: Environment, token: string): Invitation | undefined {
  const invitation = env.store.invitations.find('token', token);
  return invitation && invitationState(invitation, env.clock.now()) === 'pending'
    ? invitation
    : undefined;
}

/** Marks an invitation as accepted and makes the person a member of its organization. */
export function acceptInvitation(env: Environment, invitation: Invitation, user: User): void {
  const { store, clock } = env;
  store.invitations.update(invitation, {
    acceptedAt: clock.iso(),
    acceptedUserId: user.id,
    updatedAt: clock.iso(),
  });
  emitInvitation(env, 'accepted', invitation);
  const { organizationId } = invitation;
  if (!organizationId) return;
  const existing = store.memberships
    .where('userId', user.id)
    .find((membership) => membership.organizationId === organizationId);
  if (existing) {
    store.memberships.update(existing, { status: 'active', updatedAt: clock.iso() });
    emitMembership(env, 'updated', existing);
    return;
  }
  const membership = store.memberships.insert({
    id: createId('om', clock.now()),
    userId: user.id,
    organizationId,
    roles: [invitation.roleSlug ?? 'member'],
    status: 'active',
    createdAt: clock.iso(),
    updatedAt: clock.iso(),
  });
  emitMembership(env, 'created', membership);
}
