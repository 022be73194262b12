import type { Event } from '@workos-inc/node/worker';

/**
 * What this Worker does about what happens at WorkOS. Events may come late and in any order: look at the data, not at what
 * came before.
 */
export async function handleEvent(event: Event, env: Env): Promise<void> {
  switch (event.event) {
    case 'organization.deleted':
      await env.POSTS.getByName(event.data.id).clear();
      break;
    default:
      // The endpoint asks for more events than are of interest here.
      break;
  }
}
