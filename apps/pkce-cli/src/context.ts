import { CliError } from './errors.ts';
import { type LiveSession, liveSession, type RefreshOptions } from './public-refresh.ts';
import { readSettings, type Settings } from './settings.ts';
import { createTerminal, type Terminal } from './terminal.ts';

/** The options that every command takes. */
export interface GlobalOptions {
  profile: string;
  json?: boolean;
  verbose?: boolean;
}

/** What a command works with. */
export interface Context {
  profile: string;
  terminal: Terminal;
  settings(): Settings;
  /** The profile's session, refreshed when due, with a word to the person when that takes time. */
  session(options?: Pick<RefreshOptions, 'force' | 'organizationId'>): Promise<LiveSession>;
}

/**
 * @throws CliError `usage` for a profile name that cannot be a file's name everywhere.
 */
export function createContext({ profile, json = false, verbose = false }: GlobalOptions): Context {
  if (!/^[a-z0-9][a-z0-9_-]{0,39}$/.test(profile)) {
    throw new CliError('usage', `"${profile}" is not a profile name.`, {
      hint: 'Up to 40 lower-case letters, digits, "-" and "_".',
    });
  }
  const terminal = createTerminal({ json, verbose });
  return {
    profile,
    terminal,
    settings: readSettings,
    async session(options = {}) {
      let done = () => {};
      const show = (text: string) => {
        done();
        done = verbose || process.stderr.isTTY ? terminal.progress(text) : () => {};
      };
      try {
        return await liveSession(profile, readSettings(), {
          ...options,
          onWait: (holder) => show(`Waiting for process ${holder} to refresh the session`),
          onRefresh: () => show('Refreshing the session'),
        });
      } finally {
        done();
      }
    },
  };
}
