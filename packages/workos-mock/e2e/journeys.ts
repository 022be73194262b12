import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { createWorkosMock } from '../src/mock.ts';
import { listen } from '../src/node.ts';
import { expect, test as base } from '../src/playwright.ts';

/** Every journey has a mock of its own, so that it may change what everybody would notice. */
export const test = base.extend({
  workosUrl: async ({}, use) => {
    const mock = createWorkosMock({ interactive: true });
    const { url, close } = await listen(mock.fetch);
    await use(url);
    await close();
  },
  baseURL: ({ workosUrl }, use) => use(workosUrl),
});

/** Where an app would send the browser; what comes back lands on a page of the mock that shows nothing. */
export function authorizeUrl(baseURL: string | undefined, params: Record<string, string> = {}) {
  const query = new URLSearchParams({
    client_id: 'client_mock',
    response_type: 'code',
    provider: 'authkit',
    redirect_uri: `${baseURL}/health`,
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    state: 'the-state',
    ...params,
  });
  return `/user_management/authorize?${query}`;
}

/** The app has its code, and its state back. */
export async function expectSignedIn(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/health\?code=.+&state=the-state$/);
}

/** Nothing that axe finds, of any weight. */
export async function expectAccessible(page: Page): Promise<void> {
  // Legacy: without another page to gather what frames say, because the mock has no frames. Half the time.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

/** The code that a page of the mock shows in place of an e-mail or an authenticator app. */
export async function shownCode(page: Page): Promise<string> {
  const text = await page.getByText(/^\d{6}$/).textContent();
  return text ?? '';
}

export { expect };
