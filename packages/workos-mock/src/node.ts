import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { ConnectionDropped } from './errors.ts';

/** Where a mock listens. */
export interface Listening {
  /** For example `http://localhost:4100`. */
  url: string;
  port: number;
  close(): Promise<void>;
}

/** How to listen. */
export interface ListenOptions {
  /** 0 or left out: any free port. */
  port?: number;
  /** Host names beside localhost that a request may carry, e.g. of a container. */
  allowHosts?: string[];
  /**
   * Whether the process is the mock's alone. Its global `Request` and `Response` are then replaced by the server's, which
   * cost a request less; in a test they would be those of the code under test.
   */
  ownsProcess?: boolean;
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\]|[\w-]+\.localhost)(:\d+)?$/i;

/**
 * Gives a mock an address on this machine, on IPv4 and IPv6 loopback alike, because `localhost` may mean either.
 *
 * @throws Error with code `EADDRINUSE` when the port is taken.
 */
export async function listen(
  fetch: (request: Request) => Promise<Response>,
  { port = 0, allowHosts = [], ownsProcess = false }: ListenOptions = {},
): Promise<Listening> {
  const answer = getRequestListener(
    async (request, { outgoing }) => {
      try {
        return await fetch(request);
      } catch (error) {
        if (ConnectionDropped.is(error)) {
          outgoing.destroy();
          return RESPONSE_ALREADY_SENT;
        }
        console.error('workos-mock: this is a mistake in the mock:', error);
        return Response.json(
          { message: 'A mistake in workos-mock; see its log.' },
          { status: 500 },
        );
      }
    },
    { overrideGlobalObjects: ownsProcess },
  );
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { host = '' } = incoming.headers;
    if (!LOOPBACK.test(host) && !allowHosts.includes(host.replace(/:\d+$/, ''))) {
      outgoing.writeHead(403, { 'content-type': 'application/json' });
      const message = `workos-mock answers requests to this machine alone; the Host was "${host}". To allow it: --allow-host ${host.replace(/:\d+$/, '')}`;
      outgoing.end(JSON.stringify({ message }));
      return;
    }
    void answer(incoming, outgoing);
  };
  const ipv4 = await open(createServer(listener), port, '127.0.0.1');
  const { port: chosen } = ipv4.address() as AddressInfo;
  const ipv6 = await open(createServer(listener), chosen, '::1').catch((error: Error) => {
    if ('code' in error && error.code === 'EADDRINUSE') {
      ipv4.close();
      throw error;
    }
    return null; // A machine without IPv6.
  });
  const servers = [ipv4, ipv6].filter((server) => server !== null);
  return {
    url: `http://localhost:${chosen}`,
    port: chosen,
    close: async () => {
      await Promise.all(
        servers.map(
          (server) =>
            new Promise<void>((resolve) => {
              server.close(() => resolve());
              server.closeAllConnections();
            }),
        ),
      );
    },
  };
}

function open(server: Server, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => resolve(server.off('error', reject)));
  });
}
