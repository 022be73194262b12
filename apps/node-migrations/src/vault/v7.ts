// migrate/vault — https://workos.com/docs/vault

import type { WorkOS } from 'workos-node-7';

/** Keeps a value, replaces it, and reads it back. */
export async function rotate(workos: WorkOS, name: string): Promise<string | undefined> {
  const { vault } = workos;
  const { id } = await vault.createSecret({
    name,
    value: 'first',
    context: { organizationId: 'org_acme' },
  });
  await vault.updateSecret({ id, value: 'second' });
  const { value } = await vault.readSecret({ id });
  return value;
}

/** The names of everything that is kept. */
export async function listNames(workos: WorkOS): Promise<string[]> {
  const { data } = await workos.vault.listSecrets();
  return data.map(({ name }) => name);
}
