import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import {
  createControl,
  createWorkosMock,
  type FaultScope,
  type MockControl,
  parseSeed,
} from 'workos-mock';
import { listen } from 'workos-mock/node';
import { test as base } from 'workos-mock/playwright';
import { MOCK } from './addresses';

interface Steps {
  /** Signs in; the page is at `path` afterwards. */
  signIn: (who: { email: string }, options?: { page?: Page; path?: string }) => Promise<void>;
  /** Clicks on what ends the session, and waits until the person is back. */
  signOut: (options?: { page?: Page; button?: string }) => Promise<void>;
  /** Takes the authentication API off the network for this browser, and puts it back. */
  outage: { begin(): Promise<void>; end(): Promise<void> };
  freshMock: void;
}

/** The mock's `test` with the steps that most journeys begin with. Each starts from the seed, at the machine's time. */
export const test = base.extend<Steps, { mockUrl: string; refreshGrace: number }>({
  // Seconds for which a used refresh token counts once more, as WorkOS documents.
  refreshGrace: [10, { option: true, scope: 'worker' }],
  // A mock for each worker, because journeys move its clock. There is one build of the app, with one address of the API.
  mockUrl: [
    async ({ refreshGrace }, use) => {
      const file = join(import.meta.dirname, 'seed.json');
      const seed = parseSeed(JSON.parse(await readFile(file, 'utf8')), file);
      const { fetch } = createWorkosMock({ seed, refreshGrace });
      const { url, close } = await listen(fetch, { allowHosts: [new URL(MOCK).hostname] });
      await use(url);
      await close();
    },
    { scope: 'worker' },
  ],
  launchOptions: [
    async ({ launchOptions, mockUrl }, use) => {
      const rule = `MAP ${new URL(MOCK).host} ${new URL(mockUrl).host}`;
      await use({ ...launchOptions, args: [`--host-resolver-rules=${rule}`] });
    },
    { scope: 'worker' },
  ],
  workos: async ({ mockUrl }, use) => {
    await use(createControl((request) => fetch(request), mockUrl));
  },
  freshMock: [
    async ({ workos }, use) => {
      await workos.reset();
      await use();
    },
    { auto: true },
  ],
  signIn: async ({ page: firstPage }, use) => {
    await use(async ({ email }, { page = firstPage, path = '/account' } = {}) => {
      // The mock takes a hint for an answer; the journeys in sign-in.spec.ts go through the page.
      await page.goto(`/login?${new URLSearchParams({ returnTo: path, login_hint: email })}`);
      await page.getByRole('link', { name: email }).waitFor();
    });
  },
  signOut: async ({ page: firstPage, guard }, use) => {
    await use(async ({ page = firstPage, button = 'Sign out' } = {}) => {
      // A page that is slow to leave renews with a token that is gone; tabs.spec.ts shows it on purpose.
      guard.allow(/400 \(Bad Request\)/);
      await page.getByRole('button', { name: button }).click();
      await page.getByText('You are signed out.').waitFor();
    });
  },
  outage: async ({ context, guard }, use) => {
    const everything = `${MOCK}/**`;
    await use({
      async begin() {
        guard.allow(/net::ERR_CONNECTION_REFUSED/);
        await context.route(everything, (route) => route.abort('connectionrefused'));
      },
      end: () => context.unroute(everything),
    });
  },
});

const AUTHENTICATE = 'POST /user_management/authenticate';

/** Something that goes wrong with an exchange; `origin` is the page's, which may only read what the API allows it to. */
export type ExchangeFault = (
  workos: MockControl,
  origin: string,
  scope: FaultScope,
) => Promise<void>;

/** The exchange is answered with this instead; nothing is exchanged. A string is HTML. */
export const refused =
  (status: number, body: unknown, headers: Record<string, string> = {}): ExchangeFault =>
  (workos, origin, scope) => {
    // Without these the browser would hide the status from the page.
    const cors = {
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
    };
    return workos.failNext(AUTHENTICATE, { status, body, headers: { ...headers, ...cors } }, scope);
  };

/** The exchange takes place, and its answer arrives like this. */
export const garbled =
  (as: 'truncated' | 'empty' | 'html'): ExchangeFault =>
  (workos, _origin, scope) =>
    workos.garbleNext(AUTHENTICATE, as, scope);

export { expect } from 'workos-mock/playwright';
