import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The folder for sessions: state in the sense of the XDG Base Directory Specification, which stays on this machine.
 *
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function stateFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.XDG_STATE_HOME) return join(env.XDG_STATE_HOME, 'pkce-cli');
  if (process.platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'pkce-cli');
  if (process.platform === 'darwin') {
    return join(homedir(), 'Library', 'Application Support', 'pkce-cli');
  }
  return join(homedir(), '.local', 'state', 'pkce-cli');
}
