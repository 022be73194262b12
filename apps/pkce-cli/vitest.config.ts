import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // A test that needs its second try says so (`retry x1`), and does not hold up everybody else's change.
    retry: process.env.CI ? 1 : 0,
    include: ['{src,test}/**/*.test.ts'],
    // The tests in test/ run the built command, so it is built first.
    globalSetup: ['test/build.ts'],
    testTimeout: 20_000,
    typecheck: { enabled: true, include: ['src/**/*.test-d.ts'] },
  },
});
