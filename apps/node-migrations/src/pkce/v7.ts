// migrate/pkce — https://github.com/workos/workos-node/blob/main/docs/V8_MIGRATION_GUIDE.md#pkce-authentication

import { createHash, randomBytes } from 'node:crypto';
import { WorkOS } from 'workos-node-7';

/** Where the API is; left out, WorkOS itself. */
interface Address {
  apiHostname?: string;
  port?: number;
  https?: boolean;
}

/**
 * Signs a person in. Version 7 sends a challenge but makes none, and every exchange carries the API key: a program that
 * can keep no secret needed a server of one's own in between.
 *
 * @param open Opens a browser at the URL; answers the query that the callback brought.
 */
export async function signIn(
  apiKey: string,
  clientId: string,
  redirectUri: string,
  open: (url: string) => Promise<URLSearchParams>,
  address?: Address,
) {
  const workos = new WorkOS(apiKey, address);
  const codeVerifier = randomBytes(32).toString('base64url');
  const state = randomBytes(32).toString('base64url');
  const url = workos.userManagement.getAuthorizationUrl({
    clientId,
    provider: 'authkit',
    redirectUri,
    state,
    loginHint: 'ada@acme.test',
    codeChallenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    codeChallengeMethod: 'S256',
  });
  const callback = await open(url);
  if (callback.get('state') !== state) throw new Error('The callback is not of this sign-in');
  const code = callback.get('code') ?? '';
  return workos.userManagement.authenticateWithCode({ clientId, code, codeVerifier });
}
