import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';
import { type AppTypes, list } from './env';

/**
 * Lets the pages of the configured origins call the API, and no others. They bring a bearer token and no cookie, so
 * credentials stay off.
 */
export const clientCors = createMiddleware<AppTypes>((c, next) =>
  cors({
    origin: list(c.env.CORS_ORIGINS),
    allowMethods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowHeaders: ['authorization', 'content-type', 'if-match'],
    exposeHeaders: ['www-authenticate', 'retry-after', 'etag'],
    maxAge: 600,
  })(c, next),
);
