import { chromium, defineConfig } from '@playwright/test';
import { findChromium } from './src/browser.ts';
import type { WorkosOptions } from './src/playwright.ts';

const PORT = 4116;

export default defineConfig<WorkosOptions>({
  testDir: 'e2e',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // A journey that needs its second try is reported as flaky, and does not hold up everybody else's change.
  retries: process.env.CI ? 1 : 0,
  workers: 2,
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${PORT}`,
    workosUrl: `http://localhost:${PORT}`,
    launchOptions: { executablePath: findChromium(chromium.executablePath())?.path },
    trace: 'retain-on-failure',
  },
  webServer: {
    command: `node bin/workos-mock.js --port ${PORT} --interactive`,
    url: `http://localhost:${PORT}/health`,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },
});
