import { chromium, defineConfig } from '@playwright/test';
import { findChromium } from 'workos-mock/browser';
import type { WorkosOptions } from 'workos-mock/playwright';

const MOCK_PORT = 4115;

export default defineConfig<WorkosOptions>({
  testDir: 'e2e',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // A journey that needs its second try is reported as flaky, and does not hold up everybody else's change.
  retries: process.env.CI ? 1 : 0,
  workers: 2,
  // A busy machine is no mistake.
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    workosUrl: `http://localhost:${MOCK_PORT}`,
    launchOptions: findChromium(chromium.executablePath())?.launchOptions,
    // `--trace on` for a look at one journey; recording all of them takes a third of the time.
    trace: 'on-first-retry',
  },
  webServer: {
    command: `workos-mock --port ${MOCK_PORT}`,
    url: `http://localhost:${MOCK_PORT}/health`,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },
});
