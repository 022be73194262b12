import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Runs before `pnpm test` and `pnpm test:all`: brings what tests need of the machine, and writes down what there is. */

// A test that finds its tool missing says so and is skipped on a person's machine; in CI nothing may be skipped.
const needed = [
  { command: 'gnome-keyring-daemon', packages: ['gnome-keyring'], use: 'the keychain of pkce-cli' },
  { command: 'dbus-run-session', packages: ['dbus', 'dbus-x11'], use: 'the keychain of pkce-cli' },
];
const missing = needed.filter(({ command }) => !isThere(command));
if (process.env.CI && missing.length > 0) {
  const packages = missing.flatMap((tool) => tool.packages);
  console.log(`Installing ${packages.join(', ')} …`);
  const sudo = process.getuid?.() === 0 || !isThere('sudo') ? [] : ['sudo'];
  for (const args of [
    ['update', '-q'],
    ['install', '-qq', '-y', '--no-install-recommends', ...packages],
  ]) {
    const [command = '', ...rest] = [...sudo, 'apt-get', ...args];
    const { status, stderr } = spawnSync(command, rest, { encoding: 'utf8' });
    if (status !== 0) console.log(`That did not work: ${stderr?.trim() || 'there is no apt-get'}`);
  }
}

// What everything runs on is no file of the repository. Written down, it is an input of every task: turbo takes results from
// its cache until another Node.js, Python or Go is installed.
const versions = [
  ['python3', '--version'],
  ['go', 'version'],
].map(([command = '', argument = '']) => {
  const { status, stdout } = spawnSync(command, [argument], { encoding: 'utf8' });
  return `${command}: ${status === 0 ? stdout.trim() : 'not found'}`;
});
versions.push(`node: ${process.version}`);
for (const { command } of needed) {
  versions.push(`${command}: ${isThere(command) ? 'there' : 'not found'}`);
}

const file = new URL('../.toolchains', import.meta.url);
const text = `${versions.join('\n')}\n`;
const known = existsSync(file) ? readFileSync(file, 'utf8') : '';
if (known !== text) writeFileSync(file, text);

function isThere(command: string): boolean {
  const folders = (process.env.PATH ?? '').split(process.platform === 'win32' ? ';' : ':');
  return folders.some((folder) => existsSync(`${folder}/${command}`));
}
