import { expectTypeOf, test } from 'vitest';
import type { WorkOS as WorkOS8 } from 'workos-node-8';
import type { WorkOS as WorkOS11 } from 'workos-node-11';

declare const v8: WorkOS8;
declare const v11: WorkOS11;

test('migrate/sealed-session: the old names do not compile', () => {
  // @ts-expect-error: loadSealedSession(…).refresh()
  void v8.userManagement.refreshAndSealSessionData;
  // @ts-expect-error: loadSealedSession(…).refresh()
  void v11.userManagement.refreshAndSealSessionData;
  // @ts-expect-error: loadSealedSession(…).getLogoutUrl()
  void v11.userManagement.getLogoutUrlFromSessionCookie;
  expectTypeOf(v11.userManagement.loadSealedSession).toBeFunction();
});
