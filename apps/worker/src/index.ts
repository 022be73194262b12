import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { api } from './api';
import { answerError } from './answer-error';
import { type AppTypes, checkEnvironment } from './env';

export { Posts } from './posts';
export { SessionRefresh } from './session-refresh';
export { WebhookDeliveries } from './webhook-deliveries';

const app = new Hono<AppTypes>()
  .use(secureHeaders())
  .use(checkEnvironment)
  .route('/api', api)
  .onError(answerError);

export default app satisfies ExportedHandler<Env>;
