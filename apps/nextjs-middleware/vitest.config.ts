import { defineConfig } from 'vitest/config';

export default defineConfig({
  // One copy for the tests and for the mock's fixtures: this app's TypeScript is not that of the mock.
  resolve: { dedupe: ['vitest'] },
  test: {
    // Fuzzing takes its time on a busy machine.
    testTimeout: 20_000,
    include: ['src/**/*.test.ts'],
    // What Next.js puts in place before it loads anything; then the door, because authkit-nextjs reads its settings when it is
    // imported.
    setupFiles: ['next/dist/server/node-environment-baseline', 'workos-mock/door'],
    // It imports `next/server` without an extension, which Node.js does not resolve and Vite does.
    server: { deps: { inline: ['@workos-inc/authkit-nextjs'] } },
  },
});
