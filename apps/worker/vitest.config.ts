import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';
import { outboundService } from 'workos-mock/worker';

export default defineConfig({
  test: {
    testTimeout: 20_000,
    // A busy machine is no mistake.
    expect: { poll: { timeout: 10_000 } },
    // Many tests meet an error on purpose, which the Worker logs.
    silent: 'passed-only',
    projects: [
      {
        extends: true,
        plugins: [
          cloudflareTest({
            wrangler: { configPath: './wrangler.jsonc' },
            miniflare: {
              bindings: {
                WORKOS_CLIENT_ID: 'client_mock',
                WORKOS_API_KEY: 'sk_test_default',
                WORKOS_COOKIE_PASSWORD: 'unit-tests-only-cookie-password!',
                WORKOS_WEBHOOK_SECRET: 'unit-tests-only-webhook-secret',
                WORKOS_API_HOSTNAME: 'localhost',
                WORKOS_API_PORT: '4100',
                WORKOS_API_HTTPS: 'false',
                CORS_ORIGINS: 'http://localhost:5173',
              },
              // Everything that the Worker sends out ends here: a mock answers in this process, and there is no network.
              outboundService: outboundService(),
            },
          }),
        ],
        test: {
          name: 'workerd',
          include: ['src/**/*.test.ts'],
          // The tests share the mock, which each of them resets.
          fileParallelism: false,
          // A new Worker for each file takes as long as all of the tests.
          isolate: false,
        },
      },
      // What is about starting Workers runs outside of them.
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/**/*.node.test.ts'],
          // `BRIEF=1` leaves out what starts two Workers again and again.
          exclude: process.env.BRIEF ? ['test/two-instances.node.test.ts'] : [],
        },
      },
    ],
  },
});
