import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A Chromium that was found, and where. */
export interface FoundBrowser {
  path: string;
  how: string;
}

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Looks for a Chromium to test with: the one that CHROMIUM_PATH names, Playwright's own, then one of the system.
 *
 * @param playwrightPath Where Playwright would have put its own: `chromium.executablePath()`.
 * @returns null when there is none.
 * @throws Error when CHROMIUM_PATH names a file that is not there.
 */
export function findChromium(playwrightPath?: string): FoundBrowser | null {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named)) return { path: named, how: 'named by CHROMIUM_PATH' };
    throw new Error(`CHROMIUM_PATH names ${named}, which is not there. Correct it or unset it.`);
  }
  if (playwrightPath && existsSync(playwrightPath)) {
    return { path: playwrightPath, how: 'Playwright’s own' };
  }
  for (const folder of (process.env.PATH ?? '').split(process.platform === 'win32' ? ';' : ':')) {
    for (const command of COMMANDS) {
      const path = join(folder, command);
      if (existsSync(path)) return { path, how: 'the system’s' };
    }
  }
  const place = PLACES.find((path) => existsSync(path));
  return place ? { path: place, how: 'the system’s' } : null;
}
