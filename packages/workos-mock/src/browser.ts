import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A Chromium that was found, and where. */
export interface FoundBrowser {
  path: string;
  how: string;
  isHeadlessShell: boolean;
  /** For `launchOptions` in playwright.config.ts, or for `chromium.launch()`. */
  launchOptions: { executablePath?: string };
}

interface Wanted {
  /** The browser that people have, with its window and its back-forward cache. */
  whole?: boolean;
}

const HEADLESS_SHELL = 'chromium-headless-shell';
const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Looks for a Chromium to test with: the one that CHROMIUM_PATH names, Playwright's own, then one of the system. Where its
 * headless shell is there, as Playwright takes it too, that is found first: the same engine, for half the processor time.
 *
 * @param playwrightPath Where Playwright would have put its own: `chromium.executablePath()`.
 * @returns null when there is none.
 * @throws Error when CHROMIUM_PATH names a file that is not there.
 */
export function findChromium(
  playwrightPath?: string,
  { whole = false }: Wanted = {},
): FoundBrowser | null {
  const found = (path: string, how: string): FoundBrowser => ({
    path,
    how,
    isHeadlessShell: /headless[-_]shell/.test(path),
    launchOptions: { executablePath: path },
  });
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named)) return found(named, 'named by CHROMIUM_PATH');
    throw new Error(`CHROMIUM_PATH names ${named}, which is not there. Correct it or unset it.`);
  }
  // Playwright does not tell where its shell is; told nothing, it takes it, and with `--headed` the whole browser.
  const shell = playwrightPath?.replace(
    /([\\/])chromium-(\d+)[\\/].*$/,
    '$1chromium_headless_shell-$2',
  );
  if (!whole && shell && shell !== playwrightPath && existsSync(shell)) {
    return { ...found(shell, 'Playwright’s own'), launchOptions: {} };
  }
  if (playwrightPath && existsSync(playwrightPath))
    return found(playwrightPath, 'Playwright’s own');
  const folders = (process.env.PATH ?? '').split(process.platform === 'win32' ? ';' : ':');
  for (const command of whole ? COMMANDS : [HEADLESS_SHELL, ...COMMANDS]) {
    const folder = folders.find((each) => existsSync(join(each, command)));
    if (folder !== undefined) return found(join(folder, command), 'the system’s');
  }
  const place = PLACES.find((path) => existsSync(path));
  return place ? found(place, 'the system’s') : null;
}
