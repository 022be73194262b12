import { defineConfig } from 'vitest/config';

export default defineConfig({
  // One copy for the tests and for the mock's fixtures: this app's TypeScript is not that of the mock.
  resolve: { dedupe: ['vitest'] },
  test: {
    // Fuzzing takes its time on a busy machine.
    testTimeout: 20_000,
    include: ['src/**/*.test.ts'],
    // A process for each file takes longer than the tests; workos-mock/door lets each load the SDK anew.
    isolate: false,
    // What Next.js puts in place before it loads anything; then the door, because authkit-nextjs reads its settings when it is
    // imported.
    setupFiles: ['next/dist/server/node-environment-baseline', 'workos-mock/door'],
    // It imports `next/server` without an extension, which Node.js does not resolve and Vite does; and a setup
    // file runs for each file only where Vite loads it.
    server: { deps: { inline: ['@workos-inc/authkit-nextjs', 'workos-mock'] } },
  },
});
