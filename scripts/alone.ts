import { spawn } from 'node:child_process';
import { delimiter, dirname, resolve } from 'node:path';
import type { Manager } from './new-readme.ts';

/** Runs commands in an app that was written out, with nothing of this repository in reach. */

export const INSTALL: Record<Manager, string[]> = {
  npm: ['npm', 'install', '--no-audit', '--no-fund'],
  pnpm: ['npx', '-y', 'pnpm@12', 'install'],
  yarn: ['npx', '-y', 'yarn@1', 'install', '--non-interactive'],
  bun: ['npx', '-y', 'bun@1', 'install'],
};
export const RUN: Record<Manager, string[]> = {
  npm: ['npm', 'run', '--silent'],
  pnpm: ['npx', '-y', 'pnpm@12', 'run'],
  yarn: ['npx', '-y', 'yarn@1', '--silent', 'run'],
  bun: ['npx', '-y', 'bun@1', 'run'],
};

/**
 * Runs a command and prints one line about it.
 *
 * @param label What the line begins with.
 * @returns Whether it succeeded, and all that it said.
 */
export async function runAlone(
  [command = '', ...args]: string[],
  { cwd, label, env }: { cwd: string; label: string; env?: NodeJS.ProcessEnv },
): Promise<{ ok: boolean; output: string }> {
  const started = Date.now();
  const child = spawn(command, args, {
    cwd,
    env: { ...aloneEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const ok = await new Promise<boolean>((done) => {
    child.on('error', (error) => {
      output += error.message;
      done(false);
    });
    child.on('close', (status) => done(status === 0));
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const line = `${label}: ${[command, ...args].join(' ')}`;
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${line} (${seconds} s)`);
  return { ok, output };
}

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
