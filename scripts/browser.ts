import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findChromium } from 'workos-mock/browser';

// The journeys need a Chromium. Take the one that is there, else Playwright's own, else the system's package.
const find = (whole = false) => findChromium(chromium.executablePath(), { whole });
const hasWhole = () => find(true) !== null;
// Most journeys do without a whole browser. On a person's machine, one that is there is enough.
const { CI, CHROMIUM_PATH } = process.env;
const hasShell = () => !CI || Boolean(CHROMIUM_PATH) || find()?.isHeadlessShell === true;

for (const { what, command, isThere } of [
  {
    what: 'Playwright’s Chromium',
    command: 'pnpm exec playwright install chromium',
    isThere: hasWhole,
  },
  { what: 'the system’s Chromium', command: apt('chromium'), isThere: hasWhole },
  {
    what: 'Playwright’s headless shell',
    command: 'pnpm exec playwright install --only-shell chromium',
    isThere: hasShell,
  },
  {
    what: 'the system’s headless shell',
    command: apt('chromium-headless-shell'),
    isThere: hasShell,
  },
]) {
  if (isThere() || !command) continue;
  console.log(`Installing ${what} …`);
  const { status, stderr } = spawnSync(command, {
    shell: true,
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (status !== 0) {
    const lines = stderr.trim().split('\n');
    console.log(`That did not work: ${lines.find((line) => /error|unable/i.test(line)) ?? status}`);
  }
}
const browser = find();
// A few need the whole browser; a shell alone would fail them without saying so.
if (browser && hasWhole()) {
  console.log(`Journeys run in ${browser.path} (${browser.how}).`);
} else {
  console.error(
    'No browser for the journeys. Install Chromium or Chrome, or name one: CHROMIUM_PATH=/path/to/chromium pnpm test',
  );
  process.exitCode = 1;
}

/** Nothing where there is no apt-get, or no right to use it. */
function apt(name: string): string | null {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
  return `apt-get update -q && apt-get install -qq -y --no-install-recommends ${name}`;
}
