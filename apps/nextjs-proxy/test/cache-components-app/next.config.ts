import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { NextConfig } from 'next';

const { resolve } = createRequire(import.meta.url);
// The packages are those of the app that this folder belongs to, wherever a workspace has put them.
const [root] = realpathSync(resolve('next/package.json')).split('/node_modules/');

const config: NextConfig = { cacheComponents: true, partialPrefetching: true, turbopack: { root } };

export default config;
