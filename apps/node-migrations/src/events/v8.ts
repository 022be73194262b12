// migrate/events — https://workos.com/docs/events/directory-sync

import type { WorkOS } from 'workos-node-8';

/** The directories that are no longer connected, by id. */
export async function listDisconnected(workos: WorkOS): Promise<string[]> {
  const { data } = await workos.events.listEvents({ events: ['dsync.deleted'] });
  return data.flatMap((event) => (event.event === 'dsync.deleted' ? [event.data.id] : []));
}
