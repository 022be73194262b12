// react/protected-routes — https://github.com/workos/authkit-js
import type { Settings } from './settings';

/**
 * Whether this browser had a session when the page was loaded; it may have ended since. The SDK looks at the same places
 * before it asks for a session, and does not tell: when the request fails in passing, `user` is null as for a stranger.
 */
export function hasSessionHint({ clientId }: Settings): boolean {
  return (
    localStorage.getItem(`workos:refresh-token:${clientId}`) !== null ||
    /(?:^|;\s*)workos-has-session=/.test(document.cookie)
  );
}
