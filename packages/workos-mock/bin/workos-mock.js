#!/usr/bin/env node
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  const sentence = `workos-mock needs Node.js 22.12 or newer; this is ${process.version}.`;
  process.stderr.write(`${sentence} Get one at https://nodejs.org.\n`);
  process.exit(1);
}

module.enableCompileCache();
const { main } = await import('../dist/cli.js');
await main(process.argv.slice(2));
