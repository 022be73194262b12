// migrate/directory-sync — https://workos.com/docs/directory-sync/attributes

import { getPrimaryEmail, type WorkOS } from 'workos-node-7';

/** What a directory says about a person. */
export async function describePerson(workos: WorkOS, id: string) {
  const user = await workos.directorySync.getUser(id);
  return { primaryEmail: getPrimaryEmail(user) ?? null, jobTitle: user.jobTitle };
}
