import { NONCE, secureHeaders } from 'hono/secure-headers';
// The smallest preset: with some forty routes it is as fast as the others, and 2.5 kB less to upload.
import { Hono } from 'hono/tiny';
import { answerError } from './answer-error';
import { api } from './api';
import { browserSession } from './browser-session';
import { demo } from './demo';
import { type AppTypes, checkEnvironment } from './env';
import { headless } from './headless';
import { limitBody } from './limit-body';
import { noStore } from './no-store';

export { Posts } from './posts';
export { SessionRefresh } from './session-refresh';
export { WebhookDeliveries } from './webhook-deliveries';

const app = new Hono<AppTypes>()
  .use(noStore)
  .use(checkEnvironment)
  .use(limitBody)
  // Before the headers of pages: an answer in JSON needs none of them.
  .route('/api', api)
  .use(
    secureHeaders({
      // Not for subdomains: this Worker may not speak for them.
      strictTransportSecurity: 'max-age=15552000',
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: [NONCE],
        imgSrc: ['data:'],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    }),
  )
  .route('/', demo)
  .route('/', browserSession)
  .route('/', headless)
  .notFound((c) => c.json({ error: 'not_found', message: 'There is nothing here.' }, 404))
  .onError(answerError);

export default app satisfies ExportedHandler<Env>;
