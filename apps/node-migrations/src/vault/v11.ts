// migrate/vault — https://workos.com/docs/vault

import type { WorkOS } from 'workos-node-11';

/** Keeps a value, replaces it, and reads it back. */
export async function rotate(workos: WorkOS, name: string): Promise<string | undefined> {
  const { vault } = workos;
  const { id } = await vault.createObject({
    name,
    value: 'first',
    context: { organizationId: 'org_acme' },
  });
  await vault.updateObject({ id, value: 'second' });
  const { value } = await vault.readObject({ id });
  return value;
}

/** The names of everything that is kept, over as many pages as there are. */
export async function listNames(workos: WorkOS): Promise<string[]> {
  const objects = await workos.vault.listObjects();
  return (await objects.autoPagination()).map(({ name }) => name);
}
