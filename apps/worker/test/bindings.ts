export { Posts, SessionRefresh, WebhookDeliveries } from '../src/index';

// Shows what it was given: never a Worker to deploy.
export default {
  fetch: (_request, env): Response => Response.json(env),
} satisfies ExportedHandler<Env>;
