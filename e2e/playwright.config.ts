import { chromium, defineConfig } from '@playwright/test';
import { findChromium } from 'workos-mock/browser';
import type { WorkosOptions } from 'workos-mock/playwright';
import { COOKIE_PASSWORD, MOCK_PORT, NEXT, SPA, WORKER } from './addresses.ts';

const { port: spaPort } = new URL(SPA);
const { port: workerPort } = new URL(WORKER);
const gracefulShutdown = { signal: 'SIGTERM', timeout: 5_000 } as const;

export default defineConfig<WorkosOptions>({
  testDir: '.',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // `BRIEF=1` leaves out what starts servers again and again.
  testIgnore: process.env.BRIEF ? 'rolling-restart.spec.ts' : undefined,
  // A journey that needs its second try is reported as flaky, and does not hold up everybody else's change.
  retries: process.env.CI ? 1 : 0,
  workers: 1,
  // A busy machine is no mistake.
  expect: { timeout: 10_000 },
  reporter: 'list',
  timeout: 60_000,
  use: {
    baseURL: NEXT,
    workosUrl: `http://localhost:${MOCK_PORT}`,
    cookiePassword: COOKIE_PASSWORD,
    launchOptions: findChromium(chromium.executablePath())?.launchOptions,
    // `--trace on` for a look at one journey; recording all of them takes a third of the time.
    trace: 'on-first-retry',
  },
  // The built apps, each told by its own settings where WorkOS and the API are.
  webServer: [
    {
      command: `workos-mock --port ${MOCK_PORT}`,
      url: `http://localhost:${MOCK_PORT}/health`,
      gracefulShutdown,
    },
    {
      cwd: '../apps/react-spa',
      command: `pnpm exec vite build --outDir dist/across-apps --logLevel warn && pnpm exec vite preview --outDir dist/across-apps --port ${spaPort} --strictPort`,
      env: {
        VITE_WORKOS_CLIENT_ID: 'client_mock',
        VITE_WORKOS_API_HOSTNAME: 'localhost',
        VITE_WORKOS_API_PORT: String(MOCK_PORT),
        VITE_WORKOS_API_HTTPS: 'false',
        VITE_API_URL: WORKER,
        ALLOW_WORKOS_MOCK: 'true',
      },
      url: SPA,
      gracefulShutdown,
    },
    {
      cwd: '../apps/worker',
      command: `pnpm exec wrangler dev --port ${workerPort} --inspector-port 0 --var WORKOS_API_PORT:${MOCK_PORT} --var CORS_ORIGINS:${SPA} --persist-to .wrangler/across-apps`,
      env: { WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false' },
      url: WORKER,
      gracefulShutdown,
    },
    {
      cwd: '../apps/nextjs-proxy',
      command: 'pnpm exec next start',
      env: {
        PORT: new URL(NEXT).port,
        WORKOS_CLIENT_ID: 'client_mock',
        WORKOS_API_KEY: 'sk_test_default',
        WORKOS_COOKIE_PASSWORD: COOKIE_PASSWORD,
        NEXT_PUBLIC_WORKOS_REDIRECT_URI: `${NEXT}/callback`,
        WORKOS_API_HOSTNAME: 'localhost',
        WORKOS_API_PORT: String(MOCK_PORT),
        WORKOS_API_HTTPS: 'false',
        ALLOW_WORKOS_MOCK: 'true',
      },
      url: NEXT,
      gracefulShutdown,
    },
  ],
});
