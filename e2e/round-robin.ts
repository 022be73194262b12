import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Where people reach an app that runs as several instances. */
export interface Balancer {
  /** For example `http://localhost:40123`. */
  origin: string;
  port: number;
  /** The ports of the instances that take turns; changed as instances come and go. */
  instances: number[];
  /** For a path, the port of the instance that answered it last. */
  answeredBy: Map<string, number>;
  close(): void;
}

/**
 * Stands for a load balancer without sticky routing: the next request goes to the next instance, whosever it is. An instance
 * that does not take a request is passed over, as balancers do; what may have had an effect is not sent twice.
 */
export async function roundRobin(): Promise<Balancer> {
  const instances: number[] = [];
  const answeredBy = new Map<string, number>();
  // A new connection for each request, as nginx has it unless told otherwise: as long as one is kept that is never idle,
  // `next start` 16.4.6 goes on serving it after SIGTERM, and does not end.
  const agent = new Agent({ keepAlive: false });
  let turn = 0;
  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming);
    const first = turn++;
    for (const i of instances.keys()) {
      const port = instances[(first + i) % instances.length] ?? 0;
      try {
        const answer = await ask(port, incoming, body);
        answeredBy.set(incoming.url?.split('?')[0] ?? '', port);
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
        return;
      } catch (error) {
        const isRefused = Object(error).code === 'ECONNREFUSED';
        if (!isRefused && incoming.method !== 'GET') break;
      }
    }
    outgoing.writeHead(502).end('No instance took this request.');
  });

  /** The head of the answer; the host stays the one that the browser asked for. */
  function ask(port: number, { url, method, headers }: IncomingMessage, body: Buffer) {
    return new Promise<IncomingMessage>((resolve, reject) => {
      request({ agent, host: '127.0.0.1', port, path: url, method, headers }, resolve)
        .once('error', reject)
        .end(body);
    });
  }

  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    port,
    instances,
    answeredBy,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
