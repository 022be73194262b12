import { chromium, defineConfig } from '@playwright/test';
import { findChromium } from 'workos-mock/browser';
import { COOKIE_MODE, DEV_MODE, MOCK, PORT } from './e2e/addresses';

/** One build for both session modes: as in production, the page's host decides. */
const env = {
  VITE_WORKOS_CLIENT_ID: 'client_mock',
  VITE_WORKOS_API_HOSTNAME: new URL(MOCK).hostname,
  VITE_WORKOS_API_PORT: new URL(MOCK).port,
  VITE_WORKOS_API_HTTPS: 'false',
  // Nothing listens there: the journeys with an API are between apps.
  VITE_API_URL: 'http://localhost:5193',
  ALLOW_WORKOS_MOCK: 'true',
};

/** Set, it leaves out what takes long and seldom breaks: faults, most of the second session mode, and the whole browser. */
const isBrief = Boolean(process.env.BRIEF);

const BACK_BUTTON = /back-button\.spec\.ts/;
const TABS = /tabs\.spec\.ts/;

export default defineConfig<object, { refreshGrace: number }>({
  testDir: 'e2e',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  grepInvert: isBrief ? /\[(fault|load)\// : undefined,
  // A journey that needs its second try is reported as flaky, and does not hold up everybody else's change.
  retries: process.env.CI ? 1 : 0,
  // A busy machine is no mistake.
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    launchOptions: findChromium(chromium.executablePath())?.launchOptions,
    // `--trace on` for a look at one journey; recording all of them takes a third of the time.
    trace: 'on-first-retry',
  },
  projects: [
    // Journeys that meet the session itself, which is in another place in each mode; for the others once is enough.
    {
      name: 'dev mode',
      use: { baseURL: DEV_MODE },
      testMatch: isBrief ? /sign-in\.spec\.ts/ : /(sign-in|organizations|outages|tabs)\.spec\.ts/,
    },
    { name: 'cookie mode', use: { baseURL: COOKIE_MODE }, testIgnore: [BACK_BUTTON, TABS] },
    // Tabs must not need WorkOS' grace for a used refresh token. In dev mode, which is for localhost alone, they do when they load
    // at once: without grace one of 200 tabs was signed out there, probably because localStorage reaches another process later
    // than the lock does.
    {
      name: 'cookie mode, without grace',
      use: { baseURL: COOKIE_MODE, refreshGrace: 0 },
      testMatch: TABS,
    },
    {
      name: 'whole browser',
      use: {
        baseURL: COOKIE_MODE,
        launchOptions: {
          ...findChromium(chromium.executablePath(), { whole: true })?.launchOptions,
          // People have it, and it is what the back button brings private pages out of.
          ignoreDefaultArgs: ['--disable-back-forward-cache'],
        },
      },
      testMatch: isBrief ? [] : BACK_BUTTON,
    },
  ],
  webServer: {
    command: `vite build --outDir dist/e2e --logLevel warn && vite preview --outDir dist/e2e --host 127.0.0.1 --port ${PORT} --strictPort`,
    env,
    url: `http://127.0.0.1:${PORT}/`,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },
});
