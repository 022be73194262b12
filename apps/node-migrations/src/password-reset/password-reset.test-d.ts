import { expectTypeOf, test } from 'vitest';
import type { WorkOS as WorkOS8 } from 'workos-node-8';
import type { WorkOS as WorkOS11 } from 'workos-node-11';

declare const v8: WorkOS8;
declare const v11: WorkOS11;

test('migrate/password-reset: neither the old name nor its address compiles', () => {
  // @ts-expect-error: createPasswordReset
  void v8.userManagement.sendPasswordResetEmail;
  // @ts-expect-error: createPasswordReset
  void v11.userManagement.sendPasswordResetEmail;
  // @ts-expect-error: the address is set in the dashboard
  void v11.userManagement.createPasswordReset({ email: '', passwordResetUrl: '' });
  expectTypeOf(v11.userManagement.createPasswordReset).toBeFunction();
});
