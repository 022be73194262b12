import { defineConfig } from 'rolldown';
import manifest from './package.json' with { type: 'json' };

// One entry and a chunk a command: a start loads commander and the command, and the SDK only when WorkOS is asked. Packages
// stay outside, so that whoever installs the command sees them, their licences and their updates.
export default defineConfig({
  input: 'src/main.ts',
  external: Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }),
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
