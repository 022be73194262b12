import { Hono } from 'hono';
import { z } from 'zod';
import type { Role } from '../entities.ts';
import { type AppContext, type AppTypes, type Environment } from '../environment.ts';
import { apiError, checkSlug, notFound } from '../errors.ts';
import { emitRole } from '../event-data.ts';
import { createId } from '../ids.ts';
import { readBody } from '../request-body.ts';
import { roleResponse } from '../responses.ts';
import { organizationOf } from './organizations.ts';

const named = z.object({
  slug: z.string(),
  name: z.string().min(1),
  description: z.string().nullish(),
});
const permissionList = z.object({ permissions: z.array(z.string()) });

/** Roles, of the environment and of single organizations. */
export const roles = new Hono<AppTypes>()
  // What SDKs before 9 call.
  .get('/organizations/:id/roles', (c) => c.json(roleList(c, organizationOf(c).id)))
  .get('/authorization/organizations/:id/roles', (c) => c.json(roleList(c, organizationOf(c).id)))
  .post('/authorization/organizations/:id/roles', async (c) => {
    const organization = organizationOf(c);
    const body = await readBody(c, named.extend({ slug: z.string().optional() }));
    const slug = body.slug ?? `org-${body.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
    return createRole(c, { ...body, slug }, organization.id);
  })
  .get('/authorization/organizations/:id/roles/:slug', (c) => {
    const { id } = organizationOf(c);
    const slug = c.req.param('slug');
    const role = rolesFor(c.env, id).find((known) => known.slug === slug);
    if (!role) throw notFound('Role', slug);
    return c.json(roleResponse(role));
  })
  .patch('/authorization/organizations/:id/roles/:slug', (c) => rename(c, ownRole(c)))
  .delete('/authorization/organizations/:id/roles/:slug', (c) => {
    const { store } = c.env;
    const role = ownRole(c);
    const isAssigned = store.memberships
      .where('organizationId', role.organizationId!)
      .some((membership) => membership.roles.includes(role.slug));
    if (isAssigned) {
      throw apiError(409, 'role_has_assignments', 'The role is assigned to members.');
    }
    store.roles.delete(role);
    emitRole(c.env, 'deleted', role);
    return c.body(null, 204);
  })
  .put('/authorization/organizations/:id/roles/:slug/permissions', (c) =>
    setPermissions(c, ownRole(c)),
  )
  .post('/authorization/organizations/:id/roles/:slug/permissions', (c) =>
    addPermission(c, ownRole(c)),
  )
  .delete('/authorization/organizations/:id/roles/:slug/permissions/:permission', (c) => {
    const role = ownRole(c);
    const permission = c.req.param('permission');
    if (!role.permissions.includes(permission)) throw notFound('Permission', permission);
    const permissions = role.permissions.filter((slug) => slug !== permission);
    return change(c, role, { permissions });
  })
  .get('/authorization/roles', (c) => c.json(roleList(c, null)))
  .post('/authorization/roles', async (c) => createRole(c, await readBody(c, named), null))
  .get('/authorization/roles/:slug', (c) => c.json(roleResponse(environmentRole(c))))
  .patch('/authorization/roles/:slug', (c) => rename(c, environmentRole(c)))
  .put('/authorization/roles/:slug/permissions', (c) => setPermissions(c, environmentRole(c)))
  .post('/authorization/roles/:slug/permissions', (c) => addPermission(c, environmentRole(c)));

function rolesFor(env: Environment, organizationId: string | null): Role[] {
  return env.store.roles
    .all()
    .filter((role) => role.organizationId === null || role.organizationId === organizationId);
}

function roleList(c: AppContext, organizationId: string | null) {
  return { object: 'list', data: rolesFor(c.env, organizationId).map(roleResponse) };
}

function createRole(c: AppContext, body: z.output<typeof named>, organizationId: string | null) {
  const { store, clock } = c.env;
  checkSlug(body.slug);
  const isTaken = store.roles
    .where('slug', body.slug)
    .some((role) => role.organizationId === organizationId);
  if (isTaken) {
    const code = organizationId ? 'organization_role_slug_conflict' : 'role_slug_conflict';
    throw apiError(409, code, `'${body.slug}' already exists.`);
  }
  const role = store.roles.insert({
    id: createId('role', clock.now()),
    slug: body.slug,
    name: body.name,
    description: body.description ?? null,
    permissions: [],
    organizationId,
    createdAt: clock.iso(),
    updatedAt: clock.iso(),
  });
  emitRole(c.env, 'created', role);
  return c.json(roleResponse(role), 201);
}

async function rename(c: AppContext, role: Role) {
  const { name, description } = await readBody(c, named.omit({ slug: true }).partial());
  return change(c, role, {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
  });
}

async function setPermissions(c: AppContext, role: Role) {
  const { permissions } = await readBody(c, permissionList);
  for (const slug of permissions) requirePermission(c, slug);
  return change(c, role, { permissions });
}

async function addPermission(c: AppContext, role: Role) {
  const { slug } = await readBody(c, z.object({ slug: z.string() }));
  requirePermission(c, slug);
  return change(c, role, { permissions: [...new Set([...role.permissions, slug])] });
}

function requirePermission(c: AppContext, slug: string): void {
  if (!c.env.store.permissions.find('slug', slug)) throw notFound('Permission', slug);
}

function change(c: AppContext, role: Role, fields: Partial<Role>) {
  c.env.store.roles.update(role, { ...fields, updatedAt: c.env.clock.iso() });
  emitRole(c.env, 'updated', role);
  return c.json(roleResponse(role));
}

/** The role of the organization itself that a path names. */
function ownRole(c: AppContext): Role {
  const { id } = organizationOf(c);
  const slug = c.req.param('slug')!;
  const role = c.env.store.roles.where('organizationId', id).find((own) => own.slug === slug);
  if (!role) throw notFound('Role', slug);
  return role;
}

function environmentRole(c: AppContext): Role {
  const slug = c.req.param('slug')!;
  const role = c.env.store.roles.where('slug', slug).find((r) => r.organizationId === null);
  if (!role) throw notFound('Role', slug);
  return role;
}
