// trap/api-down-blocks — https://github.com/workos/authkit-nextjs#session-refresh-callbacks
import { getWorkOS } from '@workos-inc/authkit-nextjs';

/** How long a good answer is believed, in milliseconds. */
const BELIEVED = 10_000;
/** How long an answer may take, in milliseconds. */
const PATIENCE = 2_000;

let upUntil = 0;

/**
 * Whether a browser that is sent to AuthKit would find somebody there: asks for the public keys, the cheapest thing to ask for.
 *
 * @returns False when there is no answer, or one of 500 and up.
 */
export async function isAuthKitUp(): Promise<boolean> {
  if (Date.now() < upUntil) return true;
  const keys = getWorkOS().userManagement.getJwksUrl(process.env.WORKOS_CLIENT_ID ?? '');
  const problem = await fetch(keys, {
    cache: 'no-store',
    signal: AbortSignal.timeout(PATIENCE),
  }).then(
    ({ status }) => (status < 500 ? undefined : `status ${status}`),
    (error: unknown) => error,
  );
  if (problem) {
    // Who runs this app reads here whether WorkOS is down or the address is wrong.
    console.warn(`No keys from ${keys}, so nobody is sent there to sign in:`, problem);
    return false;
  }
  upUntil = Date.now() + BELIEVED;
  return true;
}
