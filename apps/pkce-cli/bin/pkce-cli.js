#!/usr/bin/env node
import { homedir } from 'node:os';
import { join } from 'node:path';
import { enableCompileCache } from 'node:module';

// In a folder of one's own: in the shared temporary folder somebody else could put code there that this would run.
enableCompileCache?.(join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'pkce-cli'));
const { main } = await import('../dist/main.js');
await main(process.argv.slice(2));
