import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // A test that needs its second try says so (`retry x1`), and does not hold up everybody else's change.
    retry: process.env.CI ? 1 : 0,
    // Some go through every endpoint; a busy machine is no mistake.
    testTimeout: 20_000,
    include: ['{src,test}/**/*.test.ts'],
    globalSetup: './test/openapi-document.ts',
    setupFiles: './test/conformance.ts',
    reporters: ['default', './test/supported.ts'],
  },
});
