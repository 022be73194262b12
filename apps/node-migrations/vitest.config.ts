import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // A test that needs its second try says so (`retry x1`), and does not hold up everybody else's change.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 30_000,
    include: ['{src,test}/**/*.test.ts'],
    typecheck: { enabled: true, include: ['src/**/*.test-d.ts'] },
  },
});
