import { expectTypeOf, test } from 'vitest';
import type { WorkOS as WorkOS7 } from 'workos-node-7';
import type { WorkOS as WorkOS8 } from 'workos-node-8';
import type { WorkOS as WorkOS11 } from 'workos-node-11';

declare const v7: WorkOS7;
declare const v8: WorkOS8;
declare const v11: WorkOS11;
const common = { clientId: '', redirectUri: '' };

test('migrate/sso-authorization-url: exactly one selector compiles, and domain does not', () => {
  void v7.sso.getAuthorizationUrl({ ...common, connection: '', organization: '', domain: '' });
  void v11.sso.getAuthorizationUrl({ ...common, connection: '' });
  void v11.sso.getAuthorizationUrl({ ...common, organization: '' });
  void v11.sso.getAuthorizationUrl({ ...common, provider: 'GoogleOAuth' });
  // @ts-expect-error: one of the two
  void v8.sso.getAuthorizationUrl({ ...common, connection: '', organization: '' });
  // @ts-expect-error: one of the two
  void v11.sso.getAuthorizationUrl({ ...common, connection: '', organization: '' });
  // @ts-expect-error: one is needed
  void v11.sso.getAuthorizationUrl(common);
  // @ts-expect-error: organization
  void v8.sso.getAuthorizationUrl({ ...common, domain: '' });
  // @ts-expect-error: the constructor's client id does not count here
  void v11.sso.getAuthorizationUrl({ redirectUri: '', organization: '' });
  expectTypeOf(v11.sso.getAuthorizationUrl).returns.toBeString();
});
