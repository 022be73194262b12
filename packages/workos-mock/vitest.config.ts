import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Some go through every endpoint; a busy machine is no mistake.
    testTimeout: 20_000,
    expect: { poll: { timeout: 10_000 } },
    include: ['{src,test}/**/*.test.ts'],
    globalSetup: './test/openapi-document.ts',
    setupFiles: './test/conformance.ts',
    reporters: ['default', './test/supported.ts'],
  },
});
