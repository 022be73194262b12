// react/protected-routes, react/switch-organization — https://github.com/workos/authkit-js
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

/** Where the SDK remembers this tab's organization, in sessionStorage: the first refresh after a load asks for it. */
export function organizationKey(clientId: string): string {
  return `workos-org-id:${clientId}`;
}
