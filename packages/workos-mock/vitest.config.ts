import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,test}/**/*.test.ts'],
    globalSetup: './test/openapi-document.ts',
    setupFiles: './test/conformance.ts',
    reporters: ['default', './test/supported.ts'],
  },
});
