// migrate/webhook-payload — https://workos.com/docs/events/data-syncing/webhooks

import type { WorkOS } from 'workos-node-11';

/**
 * Checks a webhook and says what happened.
 *
 * @param body As it came: `await request.text()`, or the bytes. Nothing may have parsed it on the way.
 * @param signature The header `workos-signature`.
 * @throws When the signature does not match, or is older than three minutes.
 */
export async function readWebhook(
  workos: WorkOS,
  body: string | Uint8Array,
  signature: string,
  secret: string,
): Promise<string> {
  const event = await workos.webhooks.constructEvent({
    payload: body,
    sigHeader: signature,
    secret,
  });
  return `${event.event} ${event.id}`;
}
