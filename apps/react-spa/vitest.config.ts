import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  test: {
    // Fuzzing takes its time on a busy machine.
    testTimeout: 20_000,
    environment: 'happy-dom',
    // An origin that the mock's environment allows.
    environmentOptions: { happyDOM: { url: 'http://localhost:5173/' } },
    include: ['{src,test}/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test/setup.ts'],
    // A process and a document for each file take three times as long as the tests.
    isolate: false,
  },
});
