// The command with the settings of this folder: .env.local where there is one, else the mock's.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

for (const name of ['.env.local', '.env.development']) {
  const file = join(import.meta.dirname, name);
  if (existsSync(file)) process.loadEnvFile(file);
}
await import('./bin/pkce-cli.js');
