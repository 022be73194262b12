import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { type AppTypes, list } from './env';

// The origins are configuration: the same for every request.
const byOrigins = new Map<string, MiddlewareHandler>();

/**
 * Lets the pages of the configured origins call the API, and no others. They bring a bearer token and no cookie, so
 * credentials stay off.
 */
export const clientCors: MiddlewareHandler<AppTypes> = (c, next) => {
  // Not a page. Headers that nobody reads would make such a request take a seventh longer.
  if (!c.req.header('origin')) return next();
  const { CORS_ORIGINS: origins } = c.env;
  let middleware = byOrigins.get(origins);
  if (!middleware) {
    middleware = cors({
      origin: list(origins),
      allowMethods: ['GET', 'POST', 'PUT', 'DELETE'],
      allowHeaders: ['authorization', 'content-type', 'if-match'],
      exposeHeaders: ['www-authenticate', 'retry-after', 'etag'],
      maxAge: 600,
    });
    byOrigins.set(origins, middleware);
  }
  return middleware(c, next);
};
