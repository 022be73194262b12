import { Hono } from 'hono';
import { ApiError } from './api-error';
import { clientCors } from './client-cors';
import type { AppContext, AppTypes } from './env';
import { removeMember } from './remove-member';
import { requirePermission } from './require-permission';

/** The API that the single-page app, the Next.js apps and the command line call. Everything in it is of one organization. */
export const api = new Hono<AppTypes>()
  .use(clientCors)
  .get('/me', requirePermission(), (c) => c.json(c.get('caller')))
  .get('/posts', requirePermission('posts:read'), async (c) =>
    c.json({ posts: await postsOf(c).list() }),
  )
  .post('/posts', requirePermission('posts:write'), async (c) => {
    const body = await c.req.json<{ title?: unknown } | null>().catch(() => null);
    const title = body?.title;
    if (typeof title !== 'string' || !title.trim() || title.length > 200) {
      throw new ApiError(422, 'invalid_post', 'A post takes a title of 1 to 200 characters');
    }
    const post = { id: crypto.randomUUID(), title: title.trim(), authorId: c.get('caller').userId };
    await postsOf(c).add(post);
    return c.json(post, 201);
  })
  .delete('/users/:id', requirePermission('users:manage'), async (c) => {
    await removeMember(c.env, organizationOf(c), c.req.param('id'));
    return c.body(null, 204);
  });

function postsOf(c: AppContext) {
  return c.env.POSTS.getByName(organizationOf(c));
}

/** The organization of the credential, never of the request: whoever calls cannot name another's. */
export function organizationOf(c: AppContext): string {
  const { organizationId } = c.get('caller');
  if (organizationId) return organizationId;
  throw new ApiError(403, 'organization_required', 'Sign in to an organization to do this');
}
