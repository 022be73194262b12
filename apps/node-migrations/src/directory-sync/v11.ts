// migrate/directory-sync — https://workos.com/docs/directory-sync/attributes

import type { WorkOS } from 'workos-node-11';

/** Attributes that are mapped in the dashboard. The SDK hands their names through as the API spells them. */
interface Attributes {
  job_title?: string;
}

/** What a directory says about a person. */
export async function describePerson(workos: WorkOS, id: string) {
  const user = await workos.directorySync.getUser<Attributes>(id);
  return { primaryEmail: user.email, jobTitle: user.customAttributes.job_title ?? null };
}
