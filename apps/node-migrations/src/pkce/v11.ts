// migrate/pkce — https://github.com/workos/workos-node/blob/main/docs/V8_MIGRATION_GUIDE.md#pkce-authentication

import { createWorkOS } from 'workos-node-11';

/** Where the API is; left out, WorkOS itself. */
interface Address {
  apiHostname?: string;
  port?: number;
  https?: boolean;
}

/**
 * Signs a person in from a program that can keep no secret: there is no API key, the verifier takes its place.
 *
 * @param open Opens a browser at the URL; answers the query that the callback brought.
 */
export async function signIn(
  clientId: string,
  redirectUri: string,
  open: (url: string) => Promise<URLSearchParams>,
  address?: Address,
) {
  // Where the process has a WORKOS_API_KEY, the client takes it and sends it: see trap/public-client-env-key.
  const workos = createWorkOS({ clientId, ...address });
  const { url, state, codeVerifier } = await workos.userManagement.getAuthorizationUrlWithPKCE({
    provider: 'authkit',
    redirectUri,
    loginHint: 'ada@acme.test',
  });
  const callback = await open(url);
  if (callback.get('state') !== state) throw new Error('The callback is not of this sign-in');
  const code = callback.get('code') ?? '';
  return workos.userManagement.authenticateWithCode({ code, codeVerifier });
}
