import { chromium, defineConfig } from '@playwright/test';
import { findChromium } from 'workos-mock/browser';
import type { WorkosOptions } from 'workos-mock/playwright';
import { COOKIE_MODE, DEV_MODE, MOCK, MOCK_PORT, PORT } from './e2e/addresses';

/** One build for both session modes: as in production, the page's host decides. */
const env = {
  VITE_WORKOS_CLIENT_ID: 'client_mock',
  VITE_WORKOS_API_HOSTNAME: new URL(MOCK).hostname,
  VITE_WORKOS_API_PORT: String(MOCK_PORT),
  VITE_WORKOS_API_HTTPS: 'false',
  // Nothing listens there: the journeys with an API are between apps.
  VITE_API_URL: 'http://localhost:5193',
  ALLOW_WORKOS_MOCK: 'true',
};
const gracefulShutdown = { signal: 'SIGTERM', timeout: 5_000 } as const;

export default defineConfig<WorkosOptions>({
  testDir: 'e2e',
  // The journeys move the mock's clock, which they share.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  // A journey that needs its second try is reported as flaky, and does not hold up everybody else's change.
  retries: process.env.CI ? 1 : 0,
  reporter: 'list',
  use: {
    workosUrl: `http://localhost:${MOCK_PORT}`,
    launchOptions: {
      executablePath: findChromium(chromium.executablePath())?.path,
      // People have it, and it is what the back button brings private pages out of.
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    },
    trace: process.env.CI ? 'retain-on-failure' : 'off',
  },
  projects: [
    // The journeys of domains.spec.ts name their addresses themselves: once is enough.
    { name: 'dev mode', use: { baseURL: DEV_MODE }, testIgnore: 'domains.spec.ts' },
    { name: 'cookie mode', use: { baseURL: COOKIE_MODE } },
  ],
  webServer: [
    {
      command: `workos-mock --port ${MOCK_PORT} --seed e2e/seed.json --allow-host ${new URL(MOCK).hostname}`,
      url: `http://localhost:${MOCK_PORT}/health`,
      gracefulShutdown,
    },
    {
      command: `vite build --outDir dist/e2e --logLevel warn && vite preview --outDir dist/e2e --host 127.0.0.1 --port ${PORT} --strictPort`,
      env,
      url: `http://127.0.0.1:${PORT}/`,
      gracefulShutdown,
    },
  ],
});
