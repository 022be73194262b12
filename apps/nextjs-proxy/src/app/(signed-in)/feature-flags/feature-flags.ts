// nextjs/feature-flags — https://github.com/workos/authkit-nextjs#evaluate-feature-flags
import { getFeatureFlagsRuntimeClient, withAuth } from '@workos-inc/authkit-nextjs';

/** Whether a flag is on, by both ways of asking. */
export interface Flag {
  slug: string;
  /** As of the last refresh of this session: no call, but minutes old. */
  inToken: boolean;
  /** As of the last poll of this server, seconds ago; undefined when there has been none yet. */
  now: boolean | undefined;
}

/**
 * Evaluates flags for whoever asks.
 *
 * @param slugs Of the dashboard.
 */
export async function flagsFor(slugs: string[]): Promise<Flag[]> {
  const { user, organizationId, featureFlags = [] } = await withAuth();
  // One client a server process: it polls in the background, and the request only reads.
  const client = getFeatureFlagsRuntimeClient({ pollingIntervalMs: 5_000 });
  // Where nobody listens, the first poll that fails throws instead, and no other comes after it.
  if (client.listenerCount('error') === 0) {
    client.on('error', ({ message }) => console.warn(`feature flags: a poll failed: ${message}`));
  }
  const isReady = await client.waitUntilReady({ timeoutMs: 1_000 }).then(
    () => true,
    () => false,
  );
  return slugs.map((slug) => ({
    slug,
    inToken: featureFlags.includes(slug),
    now: isReady ? client.isEnabled(slug, { userId: user?.id, organizationId }) : undefined,
  }));
}
