import { Hono } from 'hono';
import { deleteDirectory } from '../connections.ts';
import type { DirectoryGroup, DirectoryUser } from '../entities.ts';
import { type AppContext, type AppTypes } from '../environment.ts';
import { invalidRequest, notFound } from '../errors.ts';
import { listPage } from '../pagination.ts';
import { directoryGroupResponse, directoryResponse, directoryUserResponse } from '../responses.ts';

/** Directory Sync: what organizations keep elsewhere, read only. The seed says who is in it. */
export const directorySync = new Hono<AppTypes>()
  .get('/directories', (c) => {
    const { store } = c.env;
    const { organization_id: organizationId, search, domain } = c.req.query();
    const items = (
      organizationId
        ? store.directories.where('organizationId', organizationId)
        : store.directories.all()
    ).filter(
      (directory) =>
        (!search || directory.name.toLowerCase().includes(search.toLowerCase())) &&
        (!domain || directory.domain === domain),
    );
    return listPage(c, items, store.directories, (item) => directoryResponse(store, item));
  })
  .get('/directories/:id', (c) => c.json(directoryResponse(c.env.store, directoryOf(c))))
  .delete('/directories/:id', (c) => {
    deleteDirectory(c.env, directoryOf(c));
    // Deleted in the background, says the document.
    return c.json({}, 202);
  })
  .get('/directory_groups', (c) => {
    const { store } = c.env;
    const { directory, user: userId } = c.req.query();
    const user = userId ? store.directoryUsers.get(userId) : undefined;
    let items: DirectoryGroup[] = store.directoryGroups.where('directoryId', directory ?? '');
    if (userId) {
      items = (user?.groupIds ?? []).map((id) => store.directoryGroups.get(id)!);
    } else if (!directory) throw selectorMissing('user');
    requireDirectory(c, directory);
    return listPage(c, items, store.directoryGroups, directoryGroupResponse);
  })
  .get('/directory_groups/:id', (c) => {
    const id = c.req.param('id');
    const group = c.env.store.directoryGroups.get(id);
    if (!group) throw notFound('Directory Group', id);
    return c.json(directoryGroupResponse(group));
  })
  .get('/directory_users', (c) => {
    const { store } = c.env;
    const { directory, group } = c.req.query();
    if (!directory && !group) throw selectorMissing('group');
    requireDirectory(c, directory);
    const items: readonly DirectoryUser[] = (
      directory ? store.directoryUsers.where('directoryId', directory) : store.directoryUsers.all()
    ).filter((user) => !group || user.groupIds.includes(group));
    return listPage(c, items, store.directoryUsers, (user) => directoryUserResponse(store, user));
  })
  .get('/directory_users/:id', (c) => {
    const id = c.req.param('id');
    const user = c.env.store.directoryUsers.get(id);
    if (!user) throw notFound('Directory User', id);
    return c.json(directoryUserResponse(c.env.store, user));
  });

function selectorMissing(other: string) {
  const message = `directory or ${other} is required`;
  return invalidRequest([{ field: 'directory', code: 'directory_required', message }]);
}

function requireDirectory(c: AppContext, id: string | undefined): void {
  if (id && !c.env.store.directories.get(id)) throw notFound('Directory', id);
}

function directoryOf(c: AppContext) {
  const id = c.req.param('id')!;
  const directory = c.env.store.directories.get(id);
  if (!directory) throw notFound('Directory', id);
  return directory;
}
