import { spawn } from 'node:child_process';

/** How long a browser's starter may take before it counts as started, in milliseconds. */
const PATIENCE = 1500;

/**
 * Opens an address in the person's browser: BROWSER if it is set, else what the system has for it.
 *
 * @returns Whether it could be started.
 */
export async function openBrowser(
  address: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<boolean> {
  const [command, ...args] = starter(env);
  if (!command) return false;
  return new Promise((resolve) => {
    const child = spawn(command, [...args, address], { detached: true, stdio: 'ignore' });
    child.unref();
    const timer = setTimeout(resolve, PATIENCE, true);
    const end = (started: boolean) => {
      clearTimeout(timer);
      resolve(started);
    };
    child.once('error', () => end(false));
    child.once('exit', (code) => end(code === 0));
  });
}

/** The command that opens an address; none where there is no screen to open it on. */
function starter(env: NodeJS.ProcessEnv): string[] {
  if (env.BROWSER) return [env.BROWSER];
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  if (env.WSL_DISTRO_NAME) return ['wslview'];
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ['xdg-open'] : [];
}
