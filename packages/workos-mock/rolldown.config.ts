import { defineConfig } from 'rolldown';

// One bundle with what it depends on: the mock starts in a third of the time that loading the packages takes, and an app
// that takes it along installs nothing else.
export default defineConfig({
  input: ['cli', 'index', 'node', 'browser', 'door', 'playwright', 'vitest'].map(
    (name) => `src/${name}.ts`,
  ),
  external: ['vitest', '@playwright/test'],
  platform: 'node',
  logLevel: 'warn',
  output: { dir: 'dist', format: 'esm', cleanDir: true, chunkFileNames: 'chunks/[name].js' },
});
