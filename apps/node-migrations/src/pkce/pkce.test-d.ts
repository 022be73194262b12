import { expectTypeOf, test } from 'vitest';
import { createWorkOS as createWorkOS8 } from 'workos-node-8';
import { createWorkOS, type WorkOS } from 'workos-node-11';

declare const v11: WorkOS;
const url = { provider: 'authkit', redirectUri: '', clientId: '' };

test('migrate/pkce: a client without a key has no server methods, and context does not compile', () => {
  // @ts-expect-error: needs an API key
  void createWorkOS8({ clientId: '' }).organizations;
  // @ts-expect-error: needs an API key
  void createWorkOS({ clientId: '' }).userManagement.listUsers;
  void createWorkOS({ clientId: '', apiKey: '' }).userManagement.listUsers;
  // @ts-expect-error: state
  void v11.userManagement.getAuthorizationUrl({ ...url, context: '' });
  expectTypeOf(v11.pkce.generate).returns.resolves.toHaveProperty('codeVerifier');
});
