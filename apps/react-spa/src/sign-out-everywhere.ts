// ask/sign-out-revokes, ask/person-switch — https://workos.com/docs/authkit/sessions
import { organizationKey } from './session-hint';

/**
 * Tells all tabs of this app that the person has signed out. The SDK would leave their screens as they are until their
 * next refresh, which may be minutes away.
 */
export function announceSignOut(clientId: string): void {
  const channel = new BroadcastChannel(channelName(clientId));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- channels have none: they are of one origin
  channel.postMessage('signed-out');
  channel.close();
}

/**
 * Listens for a sign-out in any tab of this app, this one included.
 *
 * @returns A function that stops listening.
 */
export function onSignOut(clientId: string, listener: () => void): () => void {
  const channel = new BroadcastChannel(channelName(clientId));
  channel.addEventListener('message', () => {
    // The SDK remembers the organization of each tab. Left in place it is asked for on behalf of the next person, who is
    // refused and loses their session: https://github.com/workos/authkit/issues/48
    sessionStorage.removeItem(organizationKey(clientId));
    listener();
  });
  return () => channel.close();
}

function channelName(clientId: string): string {
  return `sign-out:${clientId}`;
}
