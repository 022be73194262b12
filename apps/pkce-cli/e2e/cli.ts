import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from 'workos-mock/playwright';

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The built command, with a home of its own. */
export interface Cli {
  /** Runs it; `says` waits for the first group of a match in what it tells a person. */
  start(args: string[]): { ended: Promise<Ended>; says(pattern: RegExp): Promise<string> };
  run(args: string[]): Promise<Ended>;
}

const bin = join(import.meta.dirname, '..', 'bin', 'pkce-cli.js');

export const test = base.extend<{ cli: Cli }>({
  cli: async ({ workosUrl }, use) => {
    const home = await mkdtemp(join(tmpdir(), 'pkce-cli-'));
    const env = {
      PATH: process.env.PATH,
      HOME: home,
      XDG_STATE_HOME: join(home, 'state'),
      XDG_CACHE_HOME: join(home, 'cache'),
      WORKOS_CLIENT_ID: 'client_mock',
      WORKOS_API_HOSTNAME: 'localhost',
      WORKOS_API_PORT: new URL(workosUrl).port,
      WORKOS_API_HTTPS: 'false',
    };
    const stops: (() => Promise<Ended>)[] = [];
    const start: Cli['start'] = (args) => {
      const child = spawn(process.execPath, [bin, ...args], { env });
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (text) => (stdout += String(text)));
      child.stderr.on('data', (text) => (stderr += String(text)));
      const ended = new Promise<Ended>((resolve) => {
        child.once('close', (code) => resolve({ code, stdout, stderr }));
      });
      stops.push(() => {
        child.kill();
        return ended;
      });
      const says = (pattern: RegExp) =>
        new Promise<string>((resolve, reject) => {
          const look = () => {
            const match = pattern.exec(stderr);
            if (match) resolve(match[1] ?? match[0]);
          };
          child.stderr.on('data', look);
          child.once('close', () => reject(new Error(`never said ${pattern}: ${stderr}`)));
        });
      return { ended, says };
    };
    await use({ start, run: (args) => start(args).ended });
    // One may still wait for its browser, and writes to its home until it ends.
    await Promise.all(stops.map((stop) => stop()));
    await rm(home, { recursive: true, force: true });
  },
});

export { expect } from 'workos-mock/playwright';
