import { expectTypeOf, test } from 'vitest';
import type { WorkOS as WorkOS8 } from 'workos-node-8';
import type { WorkOS as WorkOS11 } from 'workos-node-11';

declare const v8: WorkOS8;
declare const v11: WorkOS11;

test('migrate/vault: the old names do not compile, and the list has pages', async () => {
  // @ts-expect-error: createObject
  void v8.vault.createSecret;
  // @ts-expect-error: readObject
  void v11.vault.readSecret;
  // @ts-expect-error: listObjects, which goes over its pages from version 10 on
  void (await v8.vault.listObjects()).autoPagination;
  void (await v11.vault.listObjects()).autoPagination;
  expectTypeOf(v11.vault.createObject).toBeFunction();
});
