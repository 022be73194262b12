import { chromium, defineConfig } from '@playwright/test';
import { findChromium } from 'workos-mock/browser';
import type { WorkosOptions } from 'workos-mock/playwright';

const PORT = 8797;
const MOCK_PORT = 4114;

export default defineConfig<WorkosOptions>({
  testDir: 'e2e',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // `BRIEF=1` leaves out faults, which take the longest.
  grepInvert: process.env.BRIEF ? /\[(fault|load)\// : undefined,
  // A journey that needs its second try is reported as flaky, and does not hold up everybody else's change.
  retries: process.env.CI ? 1 : 0,
  workers: 2,
  // A busy machine is no mistake.
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${PORT}`,
    workosUrl: `http://localhost:${MOCK_PORT}`,
    // As in .env, which wrangler reads.
    cookiePassword: 'development-only-cookie-password',
    launchOptions: findChromium(chromium.executablePath())?.launchOptions,
    // `--trace on` for a look at one journey; recording all of them takes a third of the time.
    trace: 'on-first-retry',
  },
  webServer: [
    {
      command: `workos-mock --port ${MOCK_PORT}`,
      url: `http://localhost:${MOCK_PORT}/health`,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    },
    {
      command: `wrangler dev --env-file .env --port ${PORT} --inspector-port 0 --var WORKOS_API_PORT:${MOCK_PORT} --var CORS_ORIGINS:http://localhost:${MOCK_PORT} --persist-to .wrangler/e2e`,
      env: { WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false' },
      url: `http://localhost:${PORT}/`,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    },
  ],
});
