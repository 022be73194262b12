// nextjs/session-refresh-callbacks — https://github.com/workos/authkit-nextjs#session-refresh-callbacks
import type { AuthkitOptions } from '@workos-inc/authkit-nextjs';

/**
 * Told of every refresh that the proxy makes. `authkit()` takes them; `authkitProxy()` does not. The SDK waits for neither:
 * hand work that takes time to `event.waitUntil()` or a queue, and catch its errors, because nobody else does.
 *
 * Log who and where, never the token.
 */
export const refreshCallbacks = {
  onSessionRefreshSuccess({ user, organizationId }) {
    console.info(`session refreshed: ${user.id} at ${organizationId ?? 'no organization'}`);
  },
  onSessionRefreshError({ error, isTransient }) {
    const name = error instanceof Error ? error.name : 'unknown';
    // In passing: the cookie stays and the next request tries again. Otherwise the person has to sign in.
    console.warn(`session not refreshed (${isTransient ? 'in passing' : 'it is over'}): ${name}`);
  },
} satisfies AuthkitOptions;
