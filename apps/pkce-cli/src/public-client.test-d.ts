import { createWorkOS, type PublicWorkOS } from '@workos-inc/node';
import { expectTypeOf, test } from 'vitest';
import { createPublicClient, type PublicClientSettings } from './public-client.ts';

test('node/public-client: what a client without a secret can do, and nothing else', () => {
  expectTypeOf(createPublicClient).returns.toEqualTypeOf<PublicWorkOS>();
  expectTypeOf(createWorkOS({ clientId: 'client_mock' })).toEqualTypeOf<PublicWorkOS>();

  const client = createPublicClient({ clientId: 'client_mock' });
  expectTypeOf(client).toHaveProperty('pkce');
  expectTypeOf(client).not.toHaveProperty('organizations');
  expectTypeOf(client).not.toHaveProperty('apiKeys');
  expectTypeOf(client.userManagement).toHaveProperty('getAuthorizationUrlWithPKCE');
  expectTypeOf(client.userManagement).toHaveProperty('authenticateWithCode');
  expectTypeOf(client.userManagement).toHaveProperty('authenticateWithRefreshToken');
  expectTypeOf(client.userManagement).not.toHaveProperty('listUsers');
  expectTypeOf(client.userManagement).not.toHaveProperty('authenticateWithPassword');
  expectTypeOf(client.userManagement).not.toHaveProperty('loadSealedSession');
});

test('node/public-client: an API key is none of its settings', () => {
  // The confidential client is another one, with the whole API.
  expectTypeOf<PublicClientSettings>().not.toHaveProperty('apiKey');
  expectTypeOf<PublicClientSettings>().toHaveProperty('clientId');
});
