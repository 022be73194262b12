import { Hono } from 'hono/tiny';
import { ApiError } from './api-error';
import { clientCors } from './client-cors';
import { listColleagues } from './directory-sync';
import type { AppContext, AppTypes } from './env';
import { listOrganizationsOf, readOrganization } from './organization';
import { readFields } from './read-fields';
import { removeMember } from './remove-member';
import { requirePermission } from './require-permission';
import { createSecret, deleteSecret, listSecrets, readSecret, updateSecret } from './vault';

const readPosts = requirePermission('posts:read');
const writePosts = requirePermission('posts:write');
const manage = requirePermission('users:manage');

/** The API that the single-page app, the Next.js apps and the command line call. Everything in it is of one organization. */
export const api = new Hono<AppTypes>()
  .use(clientCors)
  .get('/me', requirePermission(), (c) => c.json(c.get('caller')))
  .get('/posts', readPosts, async (c) => c.json({ posts: await postsOf(c).list() }))
  .post('/posts', writePosts, async (c) => {
    const { title } = await readFields(c, 'title');
    if (!title.trim() || title.length > 200) {
      throw new ApiError(422, 'invalid_request', 'A post takes a title of 1 to 200 characters');
    }
    const post = { id: crypto.randomUUID(), title: title.trim(), authorId: c.get('caller').userId };
    await postsOf(c).add(post);
    return c.json(post, 201);
  })
  .get('/organizations', requirePermission(), async (c) => {
    const { via, userId } = c.get('caller');
    if (via !== 'token' || !userId) {
      throw new ApiError(403, 'person_required', 'This takes the token of a person');
    }
    return c.json({ organizations: await listOrganizationsOf(c.env, userId) });
  })
  .get('/organization', manage, async (c) =>
    c.json(await readOrganization(c.env, organizationOf(c))),
  )
  .get('/colleagues', manage, async (c) =>
    c.json({ colleagues: await listColleagues(c.env, organizationOf(c)) }),
  )
  .delete('/users/:id', manage, async (c) => {
    await removeMember(c.env, organizationOf(c), c.req.param('id'));
    return c.body(null, 204);
  })
  .get('/secrets', manage, async (c) =>
    c.json({ names: await listSecrets(c.env, organizationOf(c)) }),
  )
  .post('/secrets', manage, async (c) => {
    const { name, value } = await readFields(c, 'name', 'value');
    if (!/^[\w-]{1,100}$/.test(name)) {
      throw new ApiError(422, 'invalid_request', 'A name has letters, digits, - and _');
    }
    const version = await createSecret(c.env, organizationOf(c), name, value);
    return c.json({ name }, 201, { etag: `"${version}"` });
  })
  .get('/secrets/:name', manage, async (c) => {
    const { version, ...secret } = await readSecret(c.env, organizationOf(c), c.req.param('name'));
    return c.json(secret, 200, { etag: `"${version}"` });
  })
  .put('/secrets/:name', manage, async (c) => {
    const { value } = await readFields(c, 'value');
    const expected = expectedVersion(c.req.header('if-match'));
    const name = c.req.param('name');
    const version = await updateSecret(c.env, organizationOf(c), name, value, expected);
    return c.json({ name }, 200, { etag: `"${version}"` });
  })
  .delete('/secrets/:name', manage, async (c) => {
    await deleteSecret(c.env, organizationOf(c), c.req.param('name'));
    return c.body(null, 204);
  });

function postsOf(c: AppContext) {
  return c.env.POSTS.getByName(organizationOf(c));
}

/** The organization of the credential, never of the request: whoever calls cannot name another's. */
function organizationOf(c: AppContext): string {
  const { organizationId } = c.get('caller');
  if (organizationId) return organizationId;
  throw new ApiError(403, 'organization_required', 'Sign in to an organization to do this');
}

/** The version that a change is made to. Cloudflare makes an ETag a weak one where it compresses an answer. */
function expectedVersion(ifMatch: string | undefined): string | undefined {
  const version = /^(?:W\/)?"(.+)"$/.exec(ifMatch ?? '')?.[1];
  if (version || ifMatch === undefined) return version;
  throw new ApiError(
    400,
    'invalid_request',
    'If-Match must be the ETag that was read, with its quotes',
  );
}
