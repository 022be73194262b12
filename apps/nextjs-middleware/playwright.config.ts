import { chromium, defineConfig } from '@playwright/test';
import { findChromium } from 'workos-mock/browser';
import type { WorkosOptions } from 'workos-mock/playwright';

const PORT = 3012;
const MOCK_PORT = 4112;
/** What `.env.development` holds, on ports of their own: a running `next dev` is not in the way. */
const env = {
  PORT: String(PORT),
  WORKOS_CLIENT_ID: 'client_mock',
  WORKOS_API_KEY: 'sk_test_default',
  WORKOS_COOKIE_PASSWORD: 'end-to-end-tests-cookie-password',
  NEXT_PUBLIC_WORKOS_REDIRECT_URI: `http://localhost:${PORT}/callback`,
  WORKOS_API_HOSTNAME: 'localhost',
  WORKOS_API_PORT: String(MOCK_PORT),
  WORKOS_API_HTTPS: 'false',
  ALLOW_WORKOS_MOCK: 'true',
};

export default defineConfig<WorkosOptions>({
  testDir: 'e2e',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // `BRIEF=1` leaves out attacks: they take long and seldom break.
  grepInvert: process.env.BRIEF ? /\[attack\// : undefined,
  // A journey that needs its second try is reported as flaky, and does not hold up everybody else's change.
  retries: process.env.CI ? 1 : 0,
  workers: 2,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${PORT}`,
    workosUrl: `http://localhost:${MOCK_PORT}`,
    cookiePassword: env.WORKOS_COOKIE_PASSWORD,
    launchOptions: findChromium(chromium.executablePath())?.launchOptions,
    // `--trace on` for a look at one journey; recording all of them takes a third of the time.
    trace: 'on-first-retry',
    actionTimeout: 10_000,
  },
  webServer: [
    {
      command: `workos-mock --port ${MOCK_PORT}`,
      url: `http://localhost:${MOCK_PORT}/health`,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    },
    {
      command: 'next start',
      env,
      url: `http://localhost:${PORT}/`,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    },
  ],
});
