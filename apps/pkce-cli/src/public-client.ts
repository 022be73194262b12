// node/public-client, trap/public-client-env-key, trap/seal-on-public-client — https://workos.com/docs/sdks/node
import { createWorkOS, type PublicWorkOS } from '@workos-inc/node';

/** Where WorkOS is; the defaults are production's. */
export interface PublicClientSettings {
  clientId: string;
  apiHostname?: string;
  port?: number | undefined;
  https?: boolean;
}

/**
 * How long WorkOS may take to answer one attempt, in milliseconds; the SDK would wait a minute. The next attempt comes within the
 * ten seconds in which WorkOS takes a used refresh token again: an answer that was lost on its way ends no session.
 */
const TIMEOUT = 8_000;
/**
 * One more attempt: before each the SDK pauses as long as WorkOS asks for, up to a minute, and somebody waits for the command.
 * Both together end before another command gives up on the lock. A deadline around them would be worse: the SDK takes no
 * signal, so an attempt that is still to come would use up the refresh token after the lock is gone, for nobody.
 */
const RETRIES = 1;

/**
 * Makes a client without a secret: PKCE sign-in, refresh and sign-out. The type has no server methods.
 *
 * `createWorkOS({ clientId })` picks up WORKOS_API_KEY from the environment and then sends it as `Authorization` and as
 * `client_secret`. On a developer's machine that variable is another program's, so it is hidden while the client is made.
 *
 * Do not pass `session: { sealSession: true }` to its sign-in calls: the code is spent, then sealing asks for an API key
 * and throws. A public client keeps the tokens themselves, as `credential-store.ts` does.
 *
 * @returns The client.
 */
export function createPublicClient(settings: PublicClientSettings): PublicWorkOS {
  const apiKey = process.env.WORKOS_API_KEY;
  delete process.env.WORKOS_API_KEY;
  try {
    return createWorkOS({ timeout: TIMEOUT, maxRetries: RETRIES, ...settings });
  } finally {
    if (apiKey !== undefined) process.env.WORKOS_API_KEY = apiKey;
  }
}
