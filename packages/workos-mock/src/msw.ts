import { http, HttpResponse } from 'msw';
import { ConnectionDropped } from './errors.ts';
import type { WorkosMock } from './mock.ts';

/**
 * Handlers for Mock Service Worker: code that must keep WorkOS' own host name is answered by a mock in this process.
 * Create the SDK's client after `server.listen()`: it keeps the `fetch` that it finds when it is made.
 *
 * @param mock Whose state answers; its clock, faults and record work as everywhere.
 * @param origin Of the API, without a path.
 *
 * @example
 * const mock = createWorkosMock();
 * const server = setupServer(...workosHandlers(mock));
 *
 * @see https://mswjs.io/docs/integrations/node
 */
export function workosHandlers(mock: WorkosMock, origin = 'https://api.workos.com') {
  return [
    http.all(`${origin}/*`, async ({ request }) => {
      try {
        return await mock.fetch(request);
      } catch (error) {
        if (ConnectionDropped.is(error)) return HttpResponse.error();
        throw error;
      }
    }),
  ];
}
