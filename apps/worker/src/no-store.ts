import type { MiddlewareHandler } from 'hono';

/** Keeps every answer out of caches: nearly all of them are about one person. A route that knows better says so. */
export const noStore: MiddlewareHandler = async (c, next) => {
  c.header('cache-control', 'private, no-store');
  await next();
};
