import { chromium, defineConfig } from '@playwright/test';
import { findChromium } from './src/browser.ts';

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // `BRIEF=1` looks at the pages in one colour scheme.
  grepInvert: process.env.BRIEF ? /dark, / : undefined,
  // A journey that needs its second try is reported as flaky, and does not hold up everybody else's change.
  retries: process.env.CI ? 1 : 0,
  workers: 2,
  // A page takes axe seconds where four browsers share two cores.
  timeout: 90_000,
  reporter: 'list',
  use: {
    launchOptions: findChromium(chromium.executablePath())?.launchOptions,
    trace: 'on-first-retry',
  },
});
