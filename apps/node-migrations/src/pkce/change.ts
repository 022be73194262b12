import type { Change } from '../change.ts';
import * as v7 from './v7.ts';
import * as v8 from './v8.ts';
import * as v11 from './v11.ts';

const clientId = 'client_mock';
const redirectUri = 'http://localhost:3000/callback';

/** What a browser does with the URL: the sign-in page sends it back with a code. */
export async function open(url: string): Promise<URLSearchParams> {
  const response = await fetch(url, { redirect: 'manual' });
  return new URL(response.headers.get('location') ?? '').searchParams;
}

export const pkce: Change = {
  id: 'migrate/pkce',
  before: [
    'userManagement.getAuthorizationUrl({ codeChallenge })',
    'WORKOS_ENABLE_PKCE',
    'getAuthorizationUrl({ context })',
  ],
  after: [
    'userManagement.getAuthorizationUrlWithPKCE',
    'pkce.generate',
    'createWorkOS({ clientId })',
    'getAuthorizationUrl({ state })',
  ],
  gone: 8,
  codemod: 'reports',
  what: 'Nothing breaks, and a workaround can go: from 8 on the SDK makes verifier, challenge and state, and a client without an API key may exchange the code, so a command line or a desktop app needs no server in between. On a server the API key and the verifier are sent together. In AuthKit for Next.js 3 PKCE is always on and `WORKOS_ENABLE_PKCE` is read no more: delete it. `pkce.generate()` answers a promise, whatever the vendor’s guide shows. `context` is gone from the URL’s options; what you keep through a sign-in belongs in `state`.',
  run: {
    v7: async ({ address }) => {
      const signedIn = await v7.signIn('sk_test_default', clientId, redirectUri, open, address);
      return { user: signedIn.user.id, organization: signedIn.organizationId };
    },
    v8: async ({ address }) => {
      const signedIn = await v8.signIn(clientId, redirectUri, open, address);
      return { user: signedIn.user.id, organization: signedIn.organizationId };
    },
    v11: async ({ address }) => {
      const signedIn = await v11.signIn(clientId, redirectUri, open, address);
      return { user: signedIn.user.id, organization: signedIn.organizationId };
    },
  },
};
