/** Where the tests pretend that the Worker is. */
export const ORIGIN = 'http://localhost:8787';

type Send = (path: string, init?: RequestInit) => Promise<Response>;

/** A browser as far as cookies go: it keeps what it is told to, and drops what a browser drops. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #send: Send;

  constructor(send: Send, cookies: Record<string, string> = {}) {
    this.#send = send;
    for (const [name, value] of Object.entries(cookies)) this.cookies.set(name, value);
  }

  /** Asks the Worker for a path, as a person's browser does. Redirects are not followed. */
  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (!headers.has('accept')) headers.set('accept', 'text/html');
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (cookie) headers.set('cookie', cookie);
    const response = await this.#send(path, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split('; ');
      const at = pair.indexOf('=');
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      if (/max-age=0(;|$)/i.test(line)) this.cookies.delete(name);
      else if (pair.length <= 4096) this.cookies.set(name, value);
    }
    return response;
  }

  /** Submits a form of one of the Worker's own pages. */
  submit(path: string, fields: Record<string, string> = {}): Promise<Response> {
    return this.request(path, {
      method: 'POST',
      body: new URLSearchParams(fields).toString(),
      headers: { origin: ORIGIN, 'content-type': 'application/x-www-form-urlencoded' },
    });
  }

  /** Follows a redirect to the hosted sign-in page, which answers at once, and comes back with what it answers. */
  async authorize(response: Response): Promise<string> {
    const hosted = await fetch(response.headers.get('location') ?? '', { redirect: 'manual' });
    const { pathname, search } = new URL(hosted.headers.get('location') ?? '');
    return pathname + search;
  }

  /** Signs in by the hosted page. */
  async signIn(email: string, query = ''): Promise<Response> {
    const start = await this.request(`/login?login_hint=${encodeURIComponent(email)}${query}`);
    return this.request(await this.authorize(start));
  }
}
