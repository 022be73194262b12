/** What an app answered. */
export interface Answer {
  status: number;
  /** Where it leads on to. */
  location: string | null;
  body: string;
  /** Whether the session cookie was set anew. */
  renewed: boolean;
}

/** A browser as far as cookies go: one person's. It follows no redirect by itself. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #origin: string;
  readonly #headers: Record<string, string>;

  /**
   * @param origin Of the app.
   * @param cookies What it holds already, e.g. those of `workos.signIn()`.
   * @param headers Sent with each request. Pages are asked for as such: without that the SDK of the Next.js apps starts no
   *   sign-in (trap/accept-header).
   */
  constructor(
    origin: string,
    cookies: Record<string, string> = {},
    headers: Record<string, string> = {},
  ) {
    this.#origin = origin;
    for (const [name, value] of Object.entries(cookies)) this.cookies.set(name, value);
    this.#headers = { accept: 'text/html', ...headers };
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(this.#origin + path, {
      redirect: 'manual',
      headers: { ...this.#headers, cookie, ...headers },
      signal: AbortSignal.timeout(30_000),
    });
    let renewed = false;
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (!value || /max-age=0(;|$)/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
      renewed ||= name === 'wos-session' && value !== '';
    }
    const body = await response.text();
    return { status: response.status, location: response.headers.get('location'), body, renewed };
  }

  /**
   * Signs in by the hosted page, which answers at once when it is told who comes.
   *
   * @param path Where the app starts a sign-in.
   * @returns What the app answers at the callback.
   */
  async signIn(path: string): Promise<Answer> {
    const { status, location } = await this.get(path);
    if (!location) throw new Error(`${path.split('?')[0]} answered ${status}, not a redirect`);
    const hosted = await fetch(location, { redirect: 'manual' });
    const { pathname, search } = new URL(hosted.headers.get('location') ?? '', location);
    return this.get(pathname + search);
  }
}
