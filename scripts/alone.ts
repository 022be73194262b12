import { spawn } from 'node:child_process';
import { basename, delimiter, dirname, resolve } from 'node:path';

/** What a command needs to run outside this repository, as if it were not there. */

/** The environment without what this repository's tools put there, or a copy would find its packages here. */
export function aloneEnvironment(): NodeJS.ProcessEnv {
  const root = resolve(import.meta.dirname, '..');
  const entries = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_(?!config_(registry|userconfig|cache)$)|pnpm_|turbo_|node_path$|init_cwd$|workos_|next_public_|vite_)/i.test(
        name,
      ),
  );
  const path = (process.env.PATH ?? '').split(delimiter).filter((part) => !part.startsWith(root));
  return {
    ...Object.fromEntries(entries),
    PATH: [dirname(process.execPath), ...path].join(delimiter),
    NEXT_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
  };
}

/** Runs a command alone; one line when it succeeds, all that it said when it does not. */
export async function succeeds([command = '', ...args]: string[], cwd: string): Promise<boolean> {
  const started = Date.now();
  const env = aloneEnvironment();
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const status = await new Promise<number | null>((done) => {
    child.on('error', (error) => {
      output += error.message;
      done(null);
    });
    child.on('close', done);
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const line = `${basename(cwd)}: ${[command, ...args].join(' ')}`;
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${line} (${seconds} s)`);
  if (status !== 0) console.error(output);
  return status === 0;
}
