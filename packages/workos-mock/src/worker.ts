import type { Options } from './environment.ts';
import { createWorkosMock } from './mock.ts';

/** A request of another realm: Miniflare hands over its own class, which this process's `Request` does not know. */
interface AnyRequest {
  url: string;
  method: string;
  headers: Iterable<[string, string]>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/**
 * Answers what a Worker under test sends out, as `outboundService` of Miniflare or of its vitest plugin. The mock lives in
 * the process that starts the Worker; nothing goes to the network, whatever the address.
 *
 * @see https://developers.cloudflare.com/workers/testing/miniflare/
 */
export function outboundService({ fetch } = createWorkosMock()) {
  return async (request: AnyRequest): Promise<Response> => {
    const { url, method } = request;
    const body = method === 'GET' || method === 'HEAD' ? undefined : await request.arrayBuffer();
    return fetch(new Request(url, { method, headers: [...request.headers], body }));
  };
}

/**
 * Makes the mock a Worker of its own, for a service binding: `export default workerHandler();`
 *
 * @param options As of `createWorkosMock`.
 */
export function workerHandler(options?: Partial<Options>) {
  let mock: ReturnType<typeof createWorkosMock> | undefined;
  // Made by the first request: workerd refuses random numbers while a module is loaded.
  return { fetch: (request: Request) => (mock ??= createWorkosMock(options)).fetch(request) };
}
