import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // The SDK imports it to stop client components from importing the SDK; here everything is the server.
    alias: { 'server-only': 'next/dist/compiled/server-only/empty.js' },
  },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // authkit-nextjs reads its settings when it is imported: the door sets them first.
    setupFiles: ['workos-mock/door'],
    // It imports `next/server` without an extension, which Node.js does not resolve and Vite does.
    server: { deps: { inline: ['@workos-inc/authkit-nextjs'] } },
  },
});
