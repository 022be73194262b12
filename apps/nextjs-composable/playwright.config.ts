import { chromium, defineConfig } from '@playwright/test';
import { findChromium } from 'workos-mock/browser';
import type { WorkosOptions } from 'workos-mock/playwright';
import { env, MOCK_PORT, PORT } from './e2e/environment';

export default defineConfig<WorkosOptions>({
  testDir: 'e2e',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // `BRIEF=1` leaves out faults and attacks: they take long and seldom break.
  grepInvert: process.env.BRIEF ? /\[(attack|fault|load)\// : undefined,
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
      command: `workos-mock --port ${MOCK_PORT} --seed e2e/seed.json`,
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
