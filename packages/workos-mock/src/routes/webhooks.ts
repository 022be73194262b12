import { Hono } from 'hono';
import { z } from 'zod';
import type { WebhookEndpoint } from '../entities.ts';
import { type AppContext, type AppTypes } from '../environment.ts';
import { apiError, notFound } from '../errors.ts';
import { createId, randomString } from '../ids.ts';
import { listPage } from '../pagination.ts';
import { readBody } from '../request-body.ts';
import { webhookEndpointResponse } from '../responses.ts';

const fields = z.object({
  endpoint_url: z.string(),
  events: z.array(z.string()).min(1),
  status: z.enum(['enabled', 'disabled']),
});

/** Where events are sent to. */
export const webhooks = new Hono<AppTypes>()
  .get('/webhook_endpoints', (c) => {
    const { webhookEndpoints } = c.env.store;
    return listPage(c, webhookEndpoints.all(), webhookEndpoints, webhookEndpointResponse);
  })
  .post('/webhook_endpoints', async (c) => {
    const { store, clock } = c.env;
    const body = await readBody(c, fields.omit({ status: true }));
    checkUrl(c, body.endpoint_url);
    const endpoint = store.webhookEndpoints.insert({
      id: createId('we', clock.now()),
      url: body.endpoint_url,
      secret: randomString(32),
      status: 'enabled',
      events: body.events,
      createdAt: clock.iso(),
      updatedAt: clock.iso(),
    });
    return c.json(webhookEndpointResponse(endpoint), 201);
  })
  .patch('/webhook_endpoints/:id', async (c) => {
    const { store, clock } = c.env;
    const endpoint = endpointOf(c);
    const body = await readBody(c, fields.partial());
    if (body.endpoint_url !== undefined) checkUrl(c, body.endpoint_url, endpoint);
    store.webhookEndpoints.update(endpoint, {
      url: body.endpoint_url ?? endpoint.url,
      events: body.events ?? endpoint.events,
      status: body.status ?? endpoint.status,
      updatedAt: clock.iso(),
    });
    return c.json(webhookEndpointResponse(endpoint));
  })
  .delete('/webhook_endpoints/:id', (c) => {
    c.env.store.webhookEndpoints.delete(endpointOf(c));
    return c.body(null, 204);
  });

function checkUrl(c: AppContext, url: string, self?: WebhookEndpoint): void {
  const isUrl = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  if (!isUrl) throw apiError(422, 'invalid_url', 'The endpoint URL must be an HTTP address.');
  const other = c.env.store.webhookEndpoints.find('url', url);
  if (other && other !== self) {
    throw apiError(409, 'duplicate_endpoint', 'There is an endpoint with this URL already.');
  }
}

function endpointOf(c: AppContext): WebhookEndpoint {
  const id = c.req.param('id')!;
  const endpoint = c.env.store.webhookEndpoints.get(id);
  if (!endpoint) throw notFound('Webhook endpoint', id);
  return endpoint;
}
