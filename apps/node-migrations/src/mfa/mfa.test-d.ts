import { expectTypeOf, test } from 'vitest';
import type { WorkOS as WorkOS8 } from 'workos-node-8';
import type { WorkOS as WorkOS11 } from 'workos-node-11';

declare const v8: WorkOS8;
declare const v11: WorkOS11;

test('migrate/mfa: the old names do not compile', () => {
  // @ts-expect-error: verifyChallenge
  void v8.mfa.verifyFactor;
  // @ts-expect-error: multiFactorAuth
  void v11.mfa;
  // @ts-expect-error: multiFactorAuth.createUserAuthFactor
  void v11.userManagement.enrollAuthFactor;
  // @ts-expect-error: multiFactorAuth.listUserAuthFactors
  void v11.userManagement.listAuthFactors;
  expectTypeOf(v11.multiFactorAuth.verifyChallenge).toBeFunction();
});
