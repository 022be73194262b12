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

/** What Miniflare and `wrangler dev` name as the address of who asks from this machine. */
const LOOPBACK = /^(::ffff:)?127\.|^::1$/;

/**
 * Makes the mock a Worker of its own, for a service binding: `export default workerHandler();`
 *
 * Its keys are public. Deployed by mistake, it refuses whoever comes from the internet: Cloudflare writes the address of the
 * visitor into every request that comes from there, and a request of another Worker by a service binding has none.
 *
 * @param options As of `createWorkosMock`.
 * @see https://developers.cloudflare.com/fundamentals/reference/http-headers/#cf-connecting-ip
 */
export function workerHandler(options?: Partial<Options>) {
  let mock: ReturnType<typeof createWorkosMock> | undefined;
  // Made by the first request: workerd refuses random numbers while a module is loaded.
  return {
    async fetch(request: Request): Promise<Response> {
      const address = request.headers.get('cf-connecting-ip');
      if (address !== null && !LOOPBACK.test(address)) {
        const message =
          'This is a mock whose keys everybody knows. It does not answer the internet.';
        return Response.json({ message }, { status: 403 });
      }
      return (mock ??= createWorkosMock(options)).fetch(request);
    },
  };
}
