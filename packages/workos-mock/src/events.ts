import { pause } from './clock.ts';
import type { Event, WebhookDelivery, WebhookEndpoint } from './entities.ts';
import type { Environment } from './environment.ts';
import { createId } from './ids.ts';
import { eventResponse } from './responses.ts';

/** How many events are remembered; the oldest leave first. */
const CAPACITY = 5_000;
/** Waits before each further attempt at an endpoint that did not take an event, in milliseconds. WorkOS tries for days. */
const RETRIES = [100, 500, 2_000];
const PATIENCE = 10_000;

/** A webhook as it is sent. */
export interface SignedWebhook {
  body: string;
  /** The value of the header `WorkOS-Signature`. */
  signature: string;
}

/**
 * Writes down that something happened, and tells the webhook endpoints that want to know. It does not wait for them.
 *
 * @param event For example `user.created`.
 * @param data The resource; what must not be told, such as a code, is left out in `event-data.ts`.
 * @param context What some events say beside their data.
 */
export function emit(
  env: Environment,
  event: string,
  data: Record<string, unknown>,
  context: Record<string, unknown> | null = null,
): Event {
  const { store, clock } = env;
  if (store.events.size >= 2 * CAPACITY) {
    let surplus = store.events.size - CAPACITY;
    store.events.deleteOldest(() => surplus-- > 0);
  }
  const happened = store.events.insert({
    id: createId('event', clock.now()),
    event,
    data,
    context,
    createdAt: clock.iso(),
  });
  for (const endpoint of store.webhookEndpoints.all()) {
    const isWanted = endpoint.status === 'enabled' && endpoint.events.includes(event);
    if (isWanted) void deliver(env, happened, endpoint);
  }
  return happened;
}

/**
 * Signs an event as WorkOS does: HMAC-SHA256 over the time and the body.
 *
 * @param secret Of the endpoint.
 * @see https://workos.com/docs/events/data-syncing/webhooks
 */
export async function signWebhook(
  env: Environment,
  event: Event,
  secret: string,
): Promise<SignedWebhook> {
  // The order of WorkOS' own: the id first, and no spaces.
  const { object: _, ...rest } = eventResponse(event);
  const body = JSON.stringify(rest);
  const timestamp = env.clock.now();
  const encoder = new TextEncoder();
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), hmac, false, ['sign']);
  const mac = await crypto.subtle.sign('HMAC', key, encoder.encode(`${timestamp}.${body}`));
  const hex = [...new Uint8Array(mac)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { body, signature: `t=${timestamp}, v1=${hex}` };
}

/** Sends an event to an endpoint until it is taken, each attempt signed anew. Answers what became of it. */
export async function deliver(
  env: Environment,
  event: Event,
  endpoint: Pick<WebhookEndpoint, 'url' | 'secret'>,
): Promise<WebhookDelivery> {
  const { webhookDeliveries } = env.store;
  const delivery = webhookDeliveries.insert({
    id: createId('delivery', env.clock.now()),
    eventId: event.id,
    url: endpoint.url,
    attempts: [],
  });
  for (const wait of [0, ...RETRIES]) {
    await pause(wait);
    const { body, signature } = await signWebhook(env, event, endpoint.secret);
    const status = await fetch(endpoint.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'workos-signature': signature },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE),
    }).then(
      async ({ body, status }) => {
        // The status says it all: a receiver that hangs up in the middle of its answer has taken the event.
        await body?.cancel().catch(() => {});
        return status;
      },
      () => 0,
    );
    webhookDeliveries.update(delivery, { attempts: [...delivery.attempts, status] });
    if (status >= 200 && status < 300) break;
  }
  return delivery;
}
