import { defineConfig } from 'rolldown';

// One bundle with what it depends on: the mock starts in a third of the time that loading the packages takes, and an app
// that takes it along installs nothing else.
export default defineConfig({
  input: ['cli', 'index', 'node', 'browser', 'door', 'msw', 'playwright', 'vitest', 'worker'].map(
    (name) => `src/${name}.ts`,
  ),
  external: ['vitest', 'msw', '@playwright/test'],
  platform: 'node',
  logLevel: 'warn',
  output: { dir: 'dist', format: 'esm', cleanDir: true, chunkFileNames: 'chunks/[name].js' },
});
