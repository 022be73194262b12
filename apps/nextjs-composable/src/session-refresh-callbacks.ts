// nextjs/session-refresh-callbacks, trap/html-5xx-signs-out — https://github.com/workos/authkit-nextjs#session-refresh-callbacks
import type { AuthkitOptions } from '@workos-inc/authkit-nextjs';

type Refreshed = Parameters<NonNullable<AuthkitOptions['onSessionRefreshSuccess']>>[0];
type Failed = Parameters<NonNullable<AuthkitOptions['onSessionRefreshError']>>[0];

/**
 * Told of every refresh that the proxy makes. `authkit()` takes them; `authkitProxy()` does not. The SDK waits for neither:
 * hand work that takes time to `event.waitUntil()` or a queue.
 *
 * Log who and where, never the token.
 *
 * @param onOutage Called when a refresh failed although the session may live: WorkOS gave no answer.
 */
export function refreshCallbacks(onOutage: () => void) {
  return {
    onSessionRefreshSuccess: harmless(({ user, organizationId }: Refreshed) => {
      console.info(`session refreshed: ${user.id} at ${organizationId ?? 'no organization'}`);
    }),
    onSessionRefreshError: harmless(({ error, isTransient }: Failed) => {
      const isOutage = isTransient || isNoAnswer(error);
      const name = error instanceof Error ? error.name : 'unknown';
      console.warn(`session not refreshed (${isOutage ? 'in passing' : 'it is over'}): ${name}`);
      if (isOutage) onOutage();
    }),
  } satisfies AuthkitOptions;
}

/**
 * Keeps the error of a callback to itself. The SDK takes one that `onSessionRefreshSuccess` throws for a failed refresh and
 * deletes the session that it has just renewed; a rejected promise would be an error of nobody in the log, and ends a process
 * that does not run in `next start`.
 */
export function harmless<Event>(
  callback: (event: Event) => void | Promise<void>,
): (event: Event) => Promise<void> {
  return async (event) => {
    try {
      await callback(event);
    } catch (error) {
      console.error('A callback of the session refresh failed:', error);
    }
  };
}

/** Not JSON: the error page of something between this server and WorkOS. The SDK takes it for the end of the session. */
export function isNoAnswer(error: unknown): boolean {
  return (
    error instanceof Error && error.cause instanceof Error && error.cause.name === 'ParseError'
  );
}
