#!/usr/bin/env node
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(`pkce-cli needs Node.js 22.12 or newer; this is ${process.version}.\n`);
  process.exit(1);
}

// In a folder of one's own: in the shared temporary folder somebody else could put code there that this would run.
module.enableCompileCache(
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'pkce-cli'),
);
const { main } = await import('../dist/main.js');
await main(process.argv.slice(2));
