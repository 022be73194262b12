import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,test}/**/*.test.ts'],
    // The tests in test/ run the built command, so it is built first.
    globalSetup: ['test/build.ts'],
    testTimeout: 20_000,
    // A busy machine is no mistake.
    expect: { poll: { timeout: 10_000 } },
    // They wait for what is tried again more than they work.
    maxWorkers: '100%',
    typecheck: { enabled: true, include: ['src/**/*.test-d.ts'] },
  },
});
