// node/vault — https://workos.com/docs/reference/vault
import { ApiError } from './api-error';
import { isWorkosError, workosFor } from './workos';

/** A secret that an organization keeps with this Worker, e.g. its token for another service. */
export interface Secret {
  name: string;
  value: string;
  /** Changes with every update. */
  version: string | null;
}

/** The names of an organization's secrets, at most 100. */
export async function listSecrets(env: Env, organizationId: string): Promise<string[]> {
  const { vault } = await workosFor(env);
  const prefix = objectName(organizationId, '');
  const { data } = await vault.listObjects({ search: prefix, limit: 100 });
  return data
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name }) => name.slice(prefix.length));
}

/**
 * Keeps a secret, encrypted with the key of the organization.
 *
 * @returns Its version.
 * @throws ApiError 409 when there is one with that name.
 */
export async function createSecret(
  env: Env,
  organizationId: string,
  name: string,
  value: string,
): Promise<string | null> {
  const { vault } = await workosFor(env);
  try {
    const { versionId } = await vault.createObject({
      name: objectName(organizationId, name),
      value,
      // The key to encrypt with is chosen by this: one an organization, or the customer's own.
      context: { organization_id: organizationId },
    });
    return versionId ?? null;
  } catch (cause) {
    if (!isWorkosError(cause, 409)) throw cause;
    throw new ApiError(409, 'conflict', 'There is a secret with this name', {}, { cause });
  }
}

/** @throws ApiError 404 when the organization has no such secret. */
export async function readSecret(env: Env, organizationId: string, name: string): Promise<Secret> {
  const { value, metadata } = await findObject(env, organizationId, name);
  return { name, value: value ?? '', version: metadata.versionId ?? null };
}

/**
 * Changes a secret.
 *
 * @param version The one that was read; when somebody else has written since, nothing is overwritten.
 * @returns The new version.
 * @throws ApiError 404, or 412 when it has changed.
 */
export async function updateSecret(
  env: Env,
  organizationId: string,
  name: string,
  value: string,
  version: string | undefined,
): Promise<string | null> {
  const { vault } = await workosFor(env);
  const { id } = await findObject(env, organizationId, name);
  try {
    const { metadata } = await vault.updateObject({ id, value, versionCheck: version });
    return metadata.versionId ?? null;
  } catch (cause) {
    if (!isWorkosError(cause, 409)) throw cause;
    throw new ApiError(412, 'changed', 'The secret has changed since', {}, { cause });
  }
}

/** @throws ApiError 404 when the organization has no such secret. */
export async function deleteSecret(env: Env, organizationId: string, name: string): Promise<void> {
  const { vault } = await workosFor(env);
  const { id } = await findObject(env, organizationId, name);
  await vault.deleteObject({ id });
}

async function findObject(env: Env, organizationId: string, name: string) {
  const { vault } = await workosFor(env);
  try {
    return await vault.readObjectByName(objectName(organizationId, name));
  } catch (cause) {
    if (!isWorkosError(cause, 404)) throw cause;
    throw new ApiError(404, 'not_found', 'There is no such secret', {}, { cause });
  }
}

/** Names are shared by the whole environment: the organization in front keeps tenants apart. */
function objectName(organizationId: string, name: string): string {
  return `${organizationId}:${name}`;
}
