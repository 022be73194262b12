import { createMiddleware } from 'hono/factory';

/** Keeps every answer out of caches: nearly all of them are about one person. A route that knows better says so. */
export const noStore = createMiddleware(async (c, next) => {
  await next();
  if (!c.res.headers.has('cache-control')) c.header('cache-control', 'private, no-store');
});
