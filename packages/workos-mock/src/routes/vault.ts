import { Hono } from 'hono';
import { z } from 'zod';
import type { VaultObject } from '../entities.ts';
import { type AppContext, type AppTypes } from '../environment.ts';
import { apiError, notFound } from '../errors.ts';
import { emitVault } from '../event-data.ts';
import { createId, randomString } from '../ids.ts';
import { listPage } from '../pagination.ts';
import { readBody } from '../request-body.ts';
import { vaultMetadataResponse } from '../responses.ts';

const context = z.record(z.string(), z.string());

/** Vault: encrypted objects by name, with versions and optimistic checks, and keys for encrypting elsewhere. */
export const vault = new Hono<AppTypes>()
  .get('/vault/v1/kv', (c) => {
    const { vaultObjects } = c.env.store;
    const { search, updated_after: updatedAfter } = c.req.query();
    const items = vaultObjects
      .all()
      .filter(
        (object) =>
          (!search || object.name.includes(search)) &&
          (!updatedAfter || object.updatedAt > updatedAfter),
      );
    emitVault(c.env, 'names.listed', {});
    return listPage(c, items, vaultObjects, ({ id, name, updatedAt }) => ({
      id,
      name,
      updated_at: updatedAt,
    }));
  })
  .post('/vault/v1/kv', async (c) => {
    const { store, clock } = c.env;
    const body = await readBody(
      c,
      z.object({ name: z.string().min(1), value: z.string(), key_context: context }),
    );
    if (store.vaultObjects.find('name', body.name)) {
      throw apiError(409, 'conflict', `There is an object named '${body.name}' already.`);
    }
    const object = store.vaultObjects.insert({
      id: createId('secret', clock.now()),
      name: body.name,
      context: body.key_context,
      keyId: crypto.randomUUID(),
      versions: [newVersion(c, body.value)],
      createdAt: clock.iso(),
      updatedAt: clock.iso(),
    });
    emitVault(c.env, 'data.created', { ...named(object), key_context: object.context });
    return c.json(metadataOf(c, object), 201);
  })
  .get('/vault/v1/kv/name/:name', (c) => {
    const name = c.req.param('name');
    const object = c.env.store.vaultObjects.find('name', name);
    if (!object) throw notFound('Object', name);
    return c.json(withValue(c, object));
  })
  .get('/vault/v1/kv/:id', (c) => c.json(withValue(c, objectOf(c))))
  .get('/vault/v1/kv/:id/metadata', (c) => {
    const object = objectOf(c);
    emitVault(c.env, 'metadata.read', { kv_name: object.name });
    return c.json(described(c, object));
  })
  .get('/vault/v1/kv/:id/versions', (c) => {
    const { versions } = objectOf(c);
    return c.json({
      data: versions
        .map(({ id, value, createdAt }) => ({
          id,
          created_at: createdAt,
          current_version: id === versions.at(-1)!.id,
          etag: id,
          size: new TextEncoder().encode(value).length,
        }))
        .toReversed(),
      list_metadata: { before: null, after: null },
    });
  })
  .put('/vault/v1/kv/:id', async (c) => {
    const object = objectOf(c);
    const body = await readBody(
      c,
      z.object({ value: z.string(), version_check: z.string().nullish() }),
    );
    checkVersion(object, body.version_check);
    c.env.store.vaultObjects.update(object, {
      versions: [...object.versions, newVersion(c, body.value)],
      updatedAt: c.env.clock.iso(),
    });
    emitVault(c.env, 'data.updated', { ...named(object), key_context: object.context });
    return c.json(described(c, object));
  })
  .delete('/vault/v1/kv/:id', (c) => {
    const object = objectOf(c);
    checkVersion(object, c.req.query('version_check'));
    c.env.store.vaultObjects.delete(object);
    emitVault(c.env, 'data.deleted', { kv_name: object.name });
    return c.body(null, 204);
  })
  .post('/vault/v1/keys/data-key', async (c) => {
    const body = await readBody(c, z.object({ context }));
    return c.json(newDataKey(c, body.context, randomBase64(32)));
  })
  .post('/vault/v1/keys/decrypt', async (c) => {
    const body = await readBody(c, z.object({ keys: z.string() }));
    const { id, key } = dataKeyOf(c, body.keys);
    emitVault(c.env, 'dek.decrypted', { key_id: id });
    return c.json({ id, data_key: key });
  })
  .post('/vault/v1/keys/rekey', async (c) => {
    const body = await readBody(c, z.object({ context, encrypted_keys: z.string() }));
    // The key stays, what it is wrapped in is new: what was encrypted with it is still readable.
    return c.json(newDataKey(c, body.context, dataKeyOf(c, body.encrypted_keys).key));
  });

function newVersion(c: AppContext, value: string): VaultObject['versions'][number] {
  return { id: crypto.randomUUID(), value, createdAt: c.env.clock.iso() };
}

/** The update is refused when somebody else's came between reading and writing. */
function checkVersion(object: VaultObject, expected: string | null | undefined): void {
  if (!expected || expected === object.versions.at(-1)!.id) return;
  throw apiError(409, 'conflict', 'The object has changed since that version.');
}

/** How events name an object. */
function named(object: VaultObject) {
  return { kv_name: object.name, key_id: object.keyId };
}

function metadataOf(c: AppContext, object: VaultObject) {
  return vaultMetadataResponse(`environment_${c.env.store.settings.clientId}`, object);
}

function described(c: AppContext, object: VaultObject) {
  return { id: object.id, name: object.name, metadata: metadataOf(c, object) };
}

function withValue(c: AppContext, object: VaultObject) {
  emitVault(c.env, 'data.read', named(object));
  return { ...described(c, object), value: object.versions.at(-1)!.value };
}

function objectOf(c: AppContext): VaultObject {
  const id = c.req.param('id')!;
  const object = c.env.store.vaultObjects.get(id);
  if (!object) throw notFound('Object', id);
  return object;
}

function newDataKey(c: AppContext, keyContext: Record<string, string>, key: string) {
  const id = crypto.randomUUID();
  // Opaque: what a real Vault encrypts here is looked up there.
  const encrypted = btoa(`workos-mock:${randomString(32)}`);
  c.env.store.vaultDataKeys.set(encrypted, { id, key, context: keyContext });
  emitVault(c.env, 'dek.read', { key_ids: [id], key_context: keyContext });
  return { id, context: keyContext, data_key: key, encrypted_keys: encrypted };
}

function dataKeyOf(c: AppContext, encrypted: string) {
  const found = c.env.store.vaultDataKeys.get(encrypted);
  if (found) return found;
  throw apiError(400, 'invalid_keys', 'The encrypted keys are not of this environment.');
}

function randomBase64(bytes: number): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(bytes))));
}
