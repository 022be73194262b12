import { defineConfig } from 'rolldown';

// One entry and a chunk a command: a start loads commander and the command, and the SDK only when WorkOS is asked.
// The keychain stays outside: it is a native module, chosen for the machine at installation.
export default defineConfig({
  input: 'src/main.ts',
  external: ['@napi-rs/keyring'],
  platform: 'node',
  logLevel: 'warn',
  output: {
    dir: 'dist',
    format: 'esm',
    cleanDir: true,
    minify: true,
    chunkFileNames: 'chunks/[name].js',
  },
});
