import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { NextConfig } from 'next';

const { resolve } = createRequire(import.meta.url);
// The packages are those of the app that this folder belongs to, wherever a workspace has put them.
const [root] = realpathSync(resolve('next/package.json')).split('/node_modules/');
const hasProxy = Boolean(process.env.BENCH_PROXY);

/** Built twice: proxy.ts is left out where only .tsx counts. */
const config: NextConfig = {
  poweredByHeader: false,
  distDir: hasProxy ? '.next/proxy' : '.next/plain',
  pageExtensions: hasProxy ? ['tsx', 'ts'] : ['tsx'],
  turbopack: { root },
};

export default config;
