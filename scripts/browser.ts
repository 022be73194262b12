import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findChromium } from 'workos-mock/browser';

// The journeys need a Chromium. Take the one that is there, else Playwright's own, else the system's package.
const find = () => findChromium(chromium.executablePath());

const installers = [
  {
    what: 'Playwright’s Chromium',
    command: ['pnpm', 'exec', 'playwright', 'install', 'chromium'],
    applies: true,
  },
  {
    what: 'the system’s Chromium with apt-get',
    command: [
      'sh',
      '-c',
      'apt-get update -q && apt-get install -qq -y --no-install-recommends chromium',
    ],
    applies: process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'),
  },
];

let browser = find();
for (const { what, command, applies } of installers) {
  if (browser || !applies) continue;
  console.log(`No Chromium found. Installing ${what} …`);
  const [name = '', ...args] = command;
  const { status, stderr } = spawnSync(name, args, { encoding: 'utf8', timeout: 300_000 });
  if (status !== 0)
    console.log(`That did not work: ${stderr?.trim().split('\n').at(-1) ?? status}`);
  browser = find();
}
if (browser) {
  console.log(`Journeys run in ${browser.path} (${browser.how}).`);
} else {
  console.error(
    'No browser for the journeys. Install Chromium or Chrome, or name one: CHROMIUM_PATH=/path/to/chromium pnpm test',
  );
  process.exitCode = 1;
}
