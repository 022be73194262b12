// node/webhooks, ask/webhook-body — https://workos.com/docs/events/data-syncing/webhooks
import type { Event } from '@workos-inc/node/worker';
import { ApiError } from './api-error';
import type { AppContext } from './env';
import { workosFor } from './workos';

/**
 * Takes a webhook: the signature is checked over the body as it came, byte for byte, and each event is handled once. A body
 * of any size would be read before it is known who sent it: `limit-body.ts` comes first.
 *
 * @param handle What to do about the event. When it throws, or ends with the request that it runs in, the event counts as not
 *   handled, and WorkOS sends it again.
 * @returns False for an event that was handled before.
 * @throws ApiError 400 for a signature that does not hold or is more than three minutes old, and for what is no event; 409 while
 *   another copy of it is being handled, so that WorkOS asks again how that ended.
 */
export async function takeWebhook(
  c: AppContext,
  handle: (event: Event) => Promise<void>,
): Promise<boolean> {
  // The text as it came: parsed and written again it would be another one, and no signature would hold.
  const event = await verify(c, await c.req.text());
  const delivery = c.env.WEBHOOK_DELIVERIES.getByName(event.id);
  const claim = await delivery.claim();
  if (claim === 'done') return false;
  if (claim === 'running') {
    throw new ApiError(409, 'in_progress', 'Another copy is being handled', {
      'retry-after': '60',
    });
  }
  try {
    await handle(event);
  } catch (error) {
    await delivery.release();
    throw error;
  }
  await delivery.finish();
  return true;
}

async function verify(c: AppContext, payload: string): Promise<Event> {
  const { webhooks } = await workosFor(c.env);
  try {
    const event = await webhooks.constructEvent({
      payload,
      sigHeader: c.req.header('workos-signature') ?? '',
      secret: c.env.WORKOS_WEBHOOK_SECRET,
    });
    // The SDK takes any JSON that is signed. Without an id no copy of it could be told apart.
    if (typeof event.id === 'string') return event;
  } catch (cause) {
    throw new ApiError(400, 'invalid_signature', 'The signature does not hold', {}, { cause });
  }
  throw new ApiError(400, 'invalid_event', 'The body is not an event');
}
