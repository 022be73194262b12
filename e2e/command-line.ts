import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Settings, variablesOf } from './built-apps.ts';

/** A command that has been started. */
interface Run {
  /** What it said, once it has ended well; otherwise an error that says so. */
  ended: Promise<string>;
  /** The address that it asks the person to open. */
  address: Promise<string>;
}

/** The built `pkce-cli` of one person, who keeps the session in a home of their own. */
export interface CommandLine {
  run(...args: string[]): Run;
  /** Takes the home away. */
  remove(): Promise<void>;
}

/** @param more Further variables, such as the address of the API that it calls. */
export async function commandLine(
  api: Settings['api'],
  more: Record<string, string> = {},
): Promise<CommandLine> {
  const bin = join(import.meta.dirname, '../apps/pkce-cli/bin/pkce-cli.js');
  const home = await mkdtemp(join(tmpdir(), 'command-line-'));
  // A public client: it has no key.
  const { WORKOS_API_KEY: _, ...variables } = variablesOf(api);
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    XDG_STATE_HOME: join(home, 'state'),
    // It opens none of its own: it prints the address.
    BROWSER: 'none',
    ...variables,
    ...more,
  };
  return {
    run(...args) {
      const child = spawn(process.execPath, [bin, ...args], { env });
      let said = '';
      const address = new Promise<string>((resolve, reject) => {
        for (const stream of [child.stdout, child.stderr]) {
          stream.on('data', (chunk: Buffer) => {
            said += chunk.toString();
            const [found] = /http:\/\/127\.0\.0\.1:\d+\/\S*(?=\s)/.exec(said) ?? [];
            if (found) resolve(found);
          });
        }
        child.once('close', () => reject(new Error(`${args[0]} named no address: ${said}`)));
      });
      // Most commands name none, and nobody waits for it.
      address.catch(() => {});
      const ended = new Promise<string>((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (code) => {
          if (code === 0) resolve(said);
          else reject(new Error(`${args[0]} ended with ${code}: ${said}`));
        });
      });
      return { address, ended };
    },
    remove: () => rm(home, { recursive: true, force: true }),
  };
}
