import {
  type BrowserContext,
  type ConsoleMessage,
  expect,
  type Page,
  type Request,
  test as base,
} from '@playwright/test';
import {
  createControl,
  type MockControl,
  type SignedIn,
  type SignInOptions,
} from './control-client.ts';

/** Longest cookie that browsers keep, name and value together, in bytes. */
const COOKIE_BUDGET = 4096;
/** More redirects in a row than any sign-in needs are a loop. */
const MOST_REDIRECTS = 10;

/** Settings of a project, under `use` in playwright.config.ts. */
export interface WorkosOptions {
  /** Where the mock of this run listens. */
  workosUrl: string;
  /** WORKOS_COOKIE_PASSWORD of the app, for `signInAs`. */
  cookiePassword: string;
  cookieName: string;
}

/** A person made for one test, member of an organization made for it. */
export interface Person {
  id: string;
  email: string;
  firstName: string;
  password: string;
  organization: { id: string; name: string };
}

/** What watches every journey, whatever it tests. */
export interface Guard {
  /** Expects an error in the console whose text matches; without this it fails the journey. */
  allow(error: RegExp): void;
  /** Watches another browser context too, e.g. of a second person. */
  watch(context: BrowserContext): void;
}

export interface WorkosFixtures {
  /**
   * The control of the running mock. It is shared: make people of your own, aim faults at them with `user`. A fault that
   * never struck fails the journey that set it.
   */
  workos: MockControl;
  person: Person;
  /** Signs a browser in by its session cookie, without a page. */
  signInAs: (
    who: { email: string },
    options?: Omit<SignInOptions, 'email'> & { context?: BrowserContext },
  ) => Promise<SignedIn>;
  guard: Guard;
}

/** Playwright's `test` with a signed-in browser in one call, people of its own, and a guard around every journey. */
export const test = base.extend<WorkosFixtures & WorkosOptions>({
  workosUrl: ['http://localhost:4100', { option: true }],
  cookiePassword: ['', { option: true }],
  cookieName: ['wos-session', { option: true }],

  workos: async ({ workosUrl }, use) => {
    await use(createControl((request) => fetch(request), workosUrl));
  },

  person: async ({ workos }, use, testInfo) => {
    const suffix = `${testInfo.testId}-${testInfo.repeatEachIndex}-${Date.now().toString(36)}`;
    const organization = await workos.createOrganization({ name: `Org ${suffix}` });
    const user = await workos.createUser({
      email: `pat+${suffix}@example.test`,
      firstName: 'Pat',
      memberships: [{ organization: organization.id, role: 'admin' }],
    });
    await use({
      id: user.id,
      email: user.email,
      firstName: 'Pat',
      password: 'password',
      organization: { id: organization.id, name: organization.name },
    });
  },

  signInAs: async ({ context, workos, baseURL, cookieName, cookiePassword }, use) => {
    await use(async ({ email }, { context: other = context, ...options } = {}) => {
      if (!baseURL || !cookiePassword) {
        throw new Error(
          'signInAs needs `baseURL` and `cookiePassword` under `use` in playwright.config.ts.',
        );
      }
      const signedIn = await workos.signIn({ cookieName, cookiePassword, ...options, email });
      await other.addCookies(
        Object.entries(signedIn.cookies).map(([name, value]) => ({
          name,
          value,
          url: baseURL,
          httpOnly: true,
          sameSite: 'Lax' as const,
        })),
      );
      return signedIn;
    });
  },

  guard: [
    async ({ context, workos }, use, testInfo) => {
      const problems: string[] = [];
      const allowed: RegExp[] = [];
      const finish = await workos.watch();
      const watch = (watched: BrowserContext) => watchContext(watched, problems);
      watch(context);
      await use({ allow: (error) => allowed.push(error), watch });
      const seen = await finish();
      const found = [
        ...problems.filter((problem) => !allowed.some((error) => error.test(problem))),
        // Not for `allow`, which is about errors: one that lets a 503 pass would let its fault pass that never struck.
        ...seen.problems,
      ];
      if (found.length > 0 || testInfo.status !== testInfo.expectedStatus) {
        for (const what of ['requests', 'events'] as const) {
          await testInfo.attach(`${what} of the mock`, {
            body: JSON.stringify(seen[what], null, 2),
            contentType: 'application/json',
          });
        }
      }
      expect(found, 'the guard around this journey found').toEqual([]);
    },
    { auto: true },
  ],
});

/** Writes down what no journey should meet. */
export function watchContext(context: BrowserContext, problems: string[]): void {
  const redirects = new Map<Page, number>();
  context.on('console', (message) => {
    if (message.type() !== 'error' || isMissingIcon(message)) return;
    problems.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => {
    problems.push(`uncaught: ${error.error().message}`);
  });
  context.on('response', (response) => {
    const request = response.request();
    if (!request.isNavigationRequest()) return;
    const page = pageOf(request);
    if (!page) return;
    const status = response.status();
    const count = status >= 300 && status < 400 ? (redirects.get(page) ?? 0) + 1 : 0;
    redirects.set(page, count);
    if (count === MOST_REDIRECTS) problems.push(`redirect loop at ${response.url()}`);
  });
  context.on('response', async (response) => {
    const headers = await response.headersArray().catch(() => []);
    for (const { name, value } of headers) {
      if (/^x-workos-/i.test(name)) problems.push(`internal header ${name} at ${response.url()}`);
      if (name.toLowerCase() !== 'set-cookie') continue;
      for (const cookie of value.split('\n')) {
        const [pair = ''] = cookie.split(';');
        if (pair.length > COOKIE_BUDGET) {
          problems.push(
            `cookie ${pair.split('=')[0]} has ${pair.length} bytes at ${response.url()}`,
          );
        }
      }
    }
  });
}

/** A page that names no icon makes the browser ask for one, and complain: nobody's mistake. */
function isMissingIcon(message: ConsoleMessage): boolean {
  const { url } = message.location();
  return (
    URL.canParse(url) && new URL(url).pathname === '/favicon.ico' && /\b404\b/.test(message.text())
  );
}

/** The page whose main frame a request navigates; null for other frames and for a window that is only just opening. */
function pageOf(request: Request): Page | null {
  try {
    const frame = request.frame();
    return frame === frame.page().mainFrame() ? frame.page() : null;
  } catch {
    return null;
  }
}

export { expect };
