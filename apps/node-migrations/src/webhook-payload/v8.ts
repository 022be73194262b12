// migrate/webhook-payload — https://workos.com/docs/events/data-syncing/webhooks

import type { WorkOS } from 'workos-node-8';

/**
 * Checks a webhook and says what happened. Version 8 takes the parsed body, which is right only while the sender writes JSON
 * as JSON.stringify does.
 *
 * @param body As it came.
 * @param signature The header `workos-signature`.
 * @throws When the signature does not match, or is older than three minutes.
 */
export async function readWebhook(
  workos: WorkOS,
  body: string,
  signature: string,
  secret: string,
): Promise<string> {
  const payload = JSON.parse(body) as Record<string, unknown>;
  const event = await workos.webhooks.constructEvent({ payload, sigHeader: signature, secret });
  return `${event.event} ${event.id}`;
}
