import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // The SDK imports it to stop client components from importing the SDK; here everything is the server.
    alias: { 'server-only': 'next/dist/compiled/server-only/empty.js' },
  },
  test: {
    // Fuzzing takes its time on a busy machine.
    testTimeout: 20_000,
    // They wait for what is tried again more than they work.
    maxWorkers: '100%',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // A process for each file takes longer than the tests; workos-mock/door lets each load the SDK anew.
    isolate: false,
    // What Next.js puts in place before it loads anything; then the door, because authkit-nextjs reads its settings when it is
    // imported.
    setupFiles: ['next/dist/server/node-environment-baseline', 'workos-mock/door'],
    // They import `next/server` without an extension, which Node.js does not resolve and Vite does; and a setup
    // file runs for each file only where Vite loads it.
    server: { deps: { inline: ['@workos-inc/authkit-nextjs', 'next-intl', 'workos-mock'] } },
  },
});
