import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Some go through every endpoint; a busy machine is no mistake.
    testTimeout: 20_000,
    // Files share nothing that a test changes, and starting each anew takes a third of the time.
    isolate: false,
    include: ['{src,test}/**/*.test.ts'],
    globalSetup: './test/openapi-document.ts',
    setupFiles: './test/conformance.ts',
    reporters: ['default', './test/supported.ts'],
  },
});
