import { expectTypeOf, test } from 'vitest';
import type { WorkOS as WorkOS8 } from 'workos-node-8';
import type { WorkOS as WorkOS11 } from 'workos-node-11';

declare const v8: WorkOS8;
declare const v11: WorkOS11;

test('migrate/magic-auth: sendMagicAuthCode does not compile', () => {
  // @ts-expect-error: createMagicAuth
  void v8.userManagement.sendMagicAuthCode;
  // @ts-expect-error: createMagicAuth
  void v11.userManagement.sendMagicAuthCode;
  expectTypeOf(v11.userManagement.createMagicAuth).toBeFunction();
});
