import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Some go through every endpoint; a busy machine is no mistake.
    testTimeout: 20_000,
    expect: { poll: { timeout: 10_000 } },
    include: ['{src,test}/**/*.test.ts'],
    // A process for each file would take as long as all of the tests: most of it is the document of the vendor.
    isolate: false,
    globalSetup: './test/openapi-document.ts',
    setupFiles: './test/conformance.ts',
    reporters: ['default', './test/supported.ts'],
  },
});
