import { Hono } from 'hono';
import { z } from 'zod';
import type { Permission, Role } from '../entities.ts';
import { type AppContext, type AppTypes, type Environment } from '../environment.ts';
import { apiError, notFound } from '../errors.ts';
import { emitPermission, emitRole } from '../event-data.ts';
import { createId } from '../ids.ts';
import { listPage } from '../pagination.ts';
import { readBody } from '../request-body.ts';
import { permissionResponse, roleResponse } from '../responses.ts';
import { organizationOf } from './organizations.ts';

const named = z.object({
  slug: z.string(),
  name: z.string(),
  description: z.string().nullish(),
});

/** Roles and permissions, of the environment and of single organizations. */
export const authorization = new Hono<AppTypes>()
  .get('/organizations/:id/roles', (c) => c.json(roleList(c, organizationOf(c).id)))
  .get('/authorization/organizations/:id/roles', (c) => c.json(roleList(c, organizationOf(c).id)))
  .post('/authorization/organizations/:id/roles', async (c) => {
    const body = await readBody(c, named.extend({ slug: z.string().optional() }));
    const slug = body.slug ?? `org-${body.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
    return createRole(c, { ...body, slug }, organizationOf(c).id);
  })
  .get('/authorization/organizations/:id/roles/:slug', (c) => {
    const organization = organizationOf(c);
    const role = rolesFor(c.env, organization.id).find((r) => r.slug === c.req.param('slug'));
    if (!role) throw notFound('Role', c.req.param('slug'));
    return c.json(roleResponse(role));
  })
  .get('/authorization/roles', (c) => c.json(roleList(c, null)))
  .post('/authorization/roles', async (c) => createRole(c, await readBody(c, named), null))
  .get('/authorization/roles/:slug', (c) => c.json(roleResponse(roleOf(c))))
  .patch('/authorization/roles/:slug', async (c) => {
    const body = await readBody(c, named.omit({ slug: true }).partial());
    const role = c.env.store.roles.update(roleOf(c), changed(c, body));
    emitRole(c.env, 'updated', role);
    return c.json(roleResponse(role));
  })
  .put('/authorization/roles/:slug/permissions', async (c) => {
    const { store, clock } = c.env;
    const { permissions } = await readBody(c, z.object({ permissions: z.array(z.string()) }));
    for (const slug of permissions) {
      if (!store.permissions.find('slug', slug)) throw notFound('Permission', slug);
    }
    const role = store.roles.update(roleOf(c), { permissions, updatedAt: clock.iso() });
    emitRole(c.env, 'updated', role);
    return c.json(roleResponse(role));
  })
  .get('/authorization/permissions', (c) => {
    const { permissions } = c.env.store;
    return listPage(c, permissions.all(), permissions, permissionResponse);
  })
  .post('/authorization/permissions', async (c) => {
    const { store, clock } = c.env;
    const body = await readBody(c, named);
    if (store.permissions.find('slug', body.slug)) {
      throw apiError(409, 'permission_slug_conflict', `'${body.slug}' is taken.`);
    }
    const permission = store.permissions.insert({
      id: createId('perm', clock.now()),
      slug: body.slug,
      name: body.name,
      description: body.description ?? null,
      createdAt: clock.iso(),
      updatedAt: clock.iso(),
    });
    emitPermission(c.env, 'created', permission);
    return c.json(permissionResponse(permission), 201);
  })
  .get('/authorization/permissions/:slug', (c) => c.json(permissionResponse(permissionOf(c))))
  .patch('/authorization/permissions/:slug', async (c) => {
    const body = await readBody(c, named.omit({ slug: true }).partial());
    const permission = c.env.store.permissions.update(permissionOf(c), changed(c, body));
    emitPermission(c.env, 'updated', permission);
    return c.json(permissionResponse(permission));
  })
  .delete('/authorization/permissions/:slug', (c) => {
    const { store } = c.env;
    const permission = permissionOf(c);
    for (const role of store.roles.all()) {
      role.permissions = role.permissions.filter((slug) => slug !== permission.slug);
    }
    store.permissions.delete(permission);
    emitPermission(c.env, 'deleted', permission);
    return c.body(null, 204);
  });

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
  const isTaken = store.roles
    .where('slug', body.slug)
    .some((role) => role.organizationId === organizationId);
  if (isTaken) {
    const code = organizationId ? 'organization_role_slug_conflict' : 'role_slug_conflict';
    throw apiError(409, code, `'${body.slug}' is taken.`);
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

function roleOf(c: AppContext): Role {
  const slug = c.req.param('slug')!;
  const role = c.env.store.roles.where('slug', slug).find((r) => r.organizationId === null);
  if (!role) throw notFound('Role', slug);
  return role;
}

function permissionOf(c: AppContext): Permission {
  const slug = c.req.param('slug')!;
  const permission = c.env.store.permissions.find('slug', slug);
  if (!permission) throw notFound('Permission', slug);
  return permission;
}

function changed(c: AppContext, body: { name?: string; description?: string | null }) {
  return {
    ...(body.name !== undefined && { name: body.name }),
    ...(body.description !== undefined && { description: body.description }),
    updatedAt: c.env.clock.iso(),
  };
}
