// node/directory-sync — https://workos.com/docs/reference/directory-sync/directory-user
import { workosFor } from './workos';

/**
 * The attributes that are mapped in the dashboard → Directory → Attributes. Their names stay as they are there: it is
 * `job_title`, and `jobTitle` would compile and be undefined.
 */
interface Attributes {
  job_title?: string;
  department_name?: string;
}

/** Somebody in an organization's directory. */
export interface Colleague {
  id: string;
  email: string | null;
  name: string;
  jobTitle: string | null;
  department: string | null;
  groups: string[];
}

/**
 * The people in an organization's directories, at most 100 of each.
 *
 * @param organizationId From the credential of the caller.
 */
export async function listColleagues(env: Env, organizationId: string): Promise<Colleague[]> {
  const { directorySync } = await workosFor(env);
  const { data: directories } = await directorySync.listDirectories({ organizationId });
  const pages = await Promise.all(
    directories.map(({ id }) => directorySync.listUsers<Attributes>({ directory: id, limit: 100 })),
  );
  return pages
    .flatMap(({ data }) => data)
    .map(({ id, email, firstName, lastName, customAttributes, groups }) => ({
      id,
      email: email ?? null,
      name: [firstName, lastName].filter(Boolean).join(' '),
      jobTitle: customAttributes.job_title ?? null,
      department: customAttributes.department_name ?? null,
      groups: groups.map((group) => group.name),
    }));
}
