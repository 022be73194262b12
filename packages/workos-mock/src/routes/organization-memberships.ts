import { Hono } from 'hono';
import { z } from 'zod';
import type { OrganizationMembership } from '../entities.ts';
import { type AppContext, type AppTypes, type Environment } from '../environment.ts';
import { apiError, notFound } from '../errors.ts';
import { emitMembership } from '../event-data.ts';
import { createId } from '../ids.ts';
import { listPage } from '../pagination.ts';
import { readBody } from '../request-body.ts';
import { membershipResponse } from '../responses.ts';
import { findRole } from '../store.ts';

const roleFields = z.object({
  role_slug: z.string().optional(),
  role_slugs: z.array(z.string()).min(1).optional(),
});

/** Who is a member of which organization, with which roles. */
export const organizationMemberships = new Hono<AppTypes>()
  .get('/user_management/organization_memberships', (c) => {
    const { store } = c.env;
    const { user_id: userId, organization_id: organizationId } = c.req.query();
    const statuses = c.req.queries('statuses')?.flatMap((value) => value.split(',')) ?? ['active'];
    if (!userId && !organizationId) {
      throw apiError(
        400,
        'missing_user_id_or_organization_id',
        'Either user_id or organization_id is needed.',
      );
    }
    const items = userId
      ? store.memberships.where('userId', userId)
      : store.memberships.where('organizationId', organizationId!);
    const matching = items.filter(
      (membership) =>
        statuses.includes(membership.status) &&
        (!organizationId || membership.organizationId === organizationId),
    );
    return listPage(c, matching, store.memberships, (m) => membershipResponse(store, m));
  })
  .post('/user_management/organization_memberships', async (c) => {
    const { store, clock } = c.env;
    const body = await readBody(
      c,
      roleFields.extend({ user_id: z.string(), organization_id: z.string() }),
    );
    if (!store.users.get(body.user_id)) throw notFound('User', body.user_id);
    if (!store.organizations.get(body.organization_id)) {
      throw notFound('Organization', body.organization_id);
    }
    const roles = rolesOf(c.env, body, body.organization_id) ?? ['member'];
    const existing = store.memberships
      .where('userId', body.user_id)
      .find((membership) => membership.organizationId === body.organization_id);
    if (existing?.status === 'active') {
      throw apiError(
        409,
        'organization_membership_already_exists',
        'The user is a member of the organization already.',
      );
    }
    if (existing) refusePending(existing, 'reactivate');
    const membership = existing
      ? store.memberships.update(existing, { status: 'active', roles, updatedAt: clock.iso() })
      : store.memberships.insert({
          id: createId('om', clock.now()),
          userId: body.user_id,
          organizationId: body.organization_id,
          roles,
          status: 'active',
          createdAt: clock.iso(),
          updatedAt: clock.iso(),
        });
    const response = membershipResponse(store, membership);
    emitMembership(c.env, existing ? 'updated' : 'created', membership);
    return c.json(response, 201);
  })
  .get('/user_management/organization_memberships/:id', (c) =>
    c.json(membershipResponse(c.env.store, membershipOf(c))),
  )
  .put('/user_management/organization_memberships/:id', async (c) => {
    const membership = membershipOf(c);
    const body = await readBody(c, roleFields);
    const roles = rolesOf(c.env, body, membership.organizationId);
    return change(c, membership, roles ? { roles } : {});
  })
  .delete('/user_management/organization_memberships/:id', (c) => {
    const membership = membershipOf(c);
    c.env.store.memberships.delete(membership);
    emitMembership(c.env, 'deleted', membership);
    return c.body(null, 200);
  })
  .put('/user_management/organization_memberships/:id/deactivate', (c) => {
    const membership = membershipOf(c);
    refusePending(membership, 'deactivate');
    return change(c, membership, { status: 'inactive' });
  })
  .put('/user_management/organization_memberships/:id/reactivate', (c) => {
    const membership = membershipOf(c);
    refusePending(membership, 'reactivate');
    return change(c, membership, { status: 'active' });
  });

function membershipOf(c: AppContext): OrganizationMembership {
  const id = c.req.param('id')!;
  const membership = c.env.store.memberships.get(id);
  if (!membership) throw notFound('Organization membership', id);
  return membership;
}

function change(
  c: AppContext,
  membership: OrganizationMembership,
  fields: Partial<OrganizationMembership>,
) {
  const { store, clock } = c.env;
  store.memberships.update(membership, { ...fields, updatedAt: clock.iso() });
  const response = membershipResponse(store, membership);
  emitMembership(c.env, 'updated', membership);
  return c.json(response);
}

function refusePending(membership: OrganizationMembership, verb: string): void {
  if (membership.status !== 'pending') return;
  throw apiError(
    400,
    `cannot_${verb}_pending_organization_membership`,
    'The invitation has not been accepted yet.',
  );
}

function rolesOf(
  env: Environment,
  body: z.output<typeof roleFields>,
  organizationId: string,
): string[] | undefined {
  const slugs = body.role_slugs ?? (body.role_slug ? [body.role_slug] : undefined);
  for (const slug of slugs ?? []) {
    if (!findRole(env.store, slug, organizationId)) {
      throw apiError(422, 'invalid_role', `There is no role '${slug}'.`);
    }
  }
  return slugs;
}
