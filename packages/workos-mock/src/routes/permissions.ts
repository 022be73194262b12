import { Hono } from 'hono';
import { z } from 'zod';
import type { Permission } from '../entities.ts';
import { type AppContext, type AppTypes } from '../environment.ts';
import { apiError, checkSlug, notFound } from '../errors.ts';
import { emitPermission } from '../event-data.ts';
import { createId } from '../ids.ts';
import { listPage } from '../pagination.ts';
import { readBody } from '../request-body.ts';
import { permissionResponse } from '../responses.ts';

const fields = z.object({
  slug: z.string(),
  name: z.string().min(1),
  description: z.string().nullish(),
});

/** What roles are made of. */
export const permissions = new Hono<AppTypes>()
  .get('/authorization/permissions', (c) => {
    const all = c.env.store.permissions;
    return listPage(c, all.all(), all, permissionResponse);
  })
  .post('/authorization/permissions', async (c) => {
    const { store, clock } = c.env;
    const body = await readBody(c, fields);
    checkSlug(body.slug);
    if (store.permissions.find('slug', body.slug)) {
      throw apiError(409, 'permission_slug_conflict', `'${body.slug}' already exists.`);
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
    const { store, clock } = c.env;
    const permission = permissionOf(c);
    const { name, description } = await readBody(c, fields.omit({ slug: true }).partial());
    store.permissions.update(permission, {
      ...(name !== undefined && { name }),
      ...(description !== undefined && { description }),
      updatedAt: clock.iso(),
    });
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

function permissionOf(c: AppContext): Permission {
  const slug = c.req.param('slug')!;
  const permission = c.env.store.permissions.find('slug', slug);
  if (!permission) throw notFound('Permission', slug);
  return permission;
}
