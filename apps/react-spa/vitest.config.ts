import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  test: {
    // A test that needs its second try says so (`retry x1`), and does not hold up everybody else's change.
    retry: process.env.CI ? 1 : 0,
    // Fuzzing takes its time on a busy machine.
    testTimeout: 20_000,
    environment: 'happy-dom',
    // An origin that the mock's environment allows.
    environmentOptions: { happyDOM: { url: 'http://localhost:5173/' } },
    include: ['{src,test}/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test/setup.ts'],
  },
});
