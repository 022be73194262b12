import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a person sees in the browser. */
export interface Page {
  title: string;
  text: string;
}

/** The browser came back from the sign-in page, with the right state. */
export interface Callback {
  /** The query of the redirect: `code`, or `error` and `error_description`. */
  params: URLSearchParams;
  /** Tells the person in the browser how it ended, if they are still there. */
  answer(page: Page): Promise<void>;
}

/** A server on this machine that waits for one redirect. */
export interface Loopback {
  /** To send with the authorization request, e.g. `http://127.0.0.1:53219/callback`. */
  redirectUri: string;
  /** Expects the redirect of one sign-in from now on; answers the short address to open, which leads to it once. */
  begin(authorizationUrl: string, state: string): string;
  /**
   * Waits for the redirect that carries the state; everything else is refused, and the wait goes on.
   *
   * @throws The signal's reason, when it is aborted.
   */
  wait(signal: AbortSignal): Promise<Callback>;
  close(): void;
}

/**
 * Opens a loopback redirect (RFC 8252, section 7.3): 127.0.0.1 alone, a port that the system picks.
 *
 * The browser is sent to `begin`'s address instead of the authorization URL, because the address of a browser that a
 * program starts is in its arguments, where every user of the machine can read it. There the state would be enough to
 * finish the sign-in with somebody else's account.
 *
 * What remains: ports can be listed too. Another user who opens the short address before the browser does is led on in its
 * place, and can finish with an account of their own; the browser comes second and is told (410). That second visit does not
 * end the wait, because a normal login has one as well: whoever clicks the printed address while the browser still starts.
 * The device flow and the manual one listen nowhere; the command's last line says who is signed in.
 *
 * @param port 0: any free port.
 * @throws Error with code `EADDRINUSE` when the port is taken, `EACCES` when it is the administrator's.
 */
export async function openLoopback(port = 0): Promise<Loopback> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, resolve);
  });
  // As a URL has it: without the port when that is 80.
  const { origin } = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  let authorizationUrl: string | undefined;
  let expectedState: string | undefined;
  const callback = Promise.withResolvers<Callback>();

  server.requestTimeout = 5_000;
  server.on('request', (request, response) => {
    // A request target such as `//` is no address, and anybody can send it.
    const target = request.url ?? '/';
    if (!URL.canParse(target, origin)) return refuse(response, 400, 'This is no address.');
    const url = new URL(target, origin);
    // A page that reaches 127.0.0.1 through a name of its own (DNS rebinding) brings that name as Host.
    if (request.method !== 'GET' || `http://${request.headers.host}` !== origin) {
      return refuse(response, 400, 'This address is for the sign-in of pkce-cli alone.');
    }
    if (url.pathname === '/' && authorizationUrl !== undefined) {
      if (!isVisit(request)) return refuse(response, 403, 'Open this address yourself.');
      const location = authorizationUrl;
      authorizationUrl = '';
      if (location) return void response.writeHead(302, { ...HEADERS, location }).end();
      return refuse(
        response,
        410,
        'This address works once. If you did not open it before, somebody else on this computer did: stop pkce-cli with Ctrl-C and start again.',
      );
    }
    if (url.pathname !== '/callback') return refuse(response, 404, 'There is nothing here.');
    const state = url.searchParams.get('state') ?? '';
    if (expectedState === undefined || !sameText(state, expectedState)) {
      return refuse(
        response,
        400,
        'This answer belongs to another sign-in. The one in your terminal still waits.',
      );
    }
    expectedState = undefined;
    callback.resolve({
      params: url.searchParams,
      answer: (page) => send(response, 200, page),
    });
  });

  return {
    redirectUri: `${origin}/callback`,
    begin(url, state) {
      authorizationUrl = url;
      expectedState = state;
      return `${origin}/`;
    },
    async wait(signal) {
      signal.throwIfAborted();
      const aborted = Promise.withResolvers<never>();
      const stop = () => aborted.reject(signal.reason as Error);
      signal.addEventListener('abort', stop, { once: true });
      try {
        return await Promise.race([callback.promise, aborted.promise]);
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A query parameter compares in the same time wherever it differs. */
function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Typed, clicked, or opened by a program; not fetched, embedded or prefetched by a web page. */
function isVisit({ headers }: IncomingMessage): boolean {
  if (headers['sec-purpose'] !== undefined) return false;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'none' || headers['sec-fetch-user'] === '?1';
}

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'content-type': 'text/html; charset=utf-8',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
};

function refuse(response: ServerResponse, status: number, text: string): void {
  void send(response, status, { title: 'Not the sign-in that was expected', text });
}

async function send(response: ServerResponse, status: number, page: Page): Promise<void> {
  // Whose tab is closed gets no answer, and no event that says so: it is over already.
  if (response.destroyed) return;
  await new Promise<void>((resolve) => {
    response.once('close', resolve);
    response.writeHead(status, HEADERS).end(render(page));
  });
}

function render({ title, text }: Page): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} · pkce-cli</title>
<link rel="icon" href="data:,">
<style>
  :root { color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif }
  body { display: grid; min-height: 100dvh; margin: 0; place-items: center; text-align: center }
  main { max-width: 28rem; padding: 2rem }
</style>
<main>
  <h1>${escape(title)}</h1>
  <p>${escape(text)}</p>
</main>
</html>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
