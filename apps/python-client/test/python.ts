import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Runs Python with this app's pinned packages: `node test/python.ts -m pytest`. The packages are in .venv, made when it is
 * missing. Without Python 3.10 the run is named as skipped; with CI set that is a failure, because there nothing may be skipped.
 */

const root = resolve(import.meta.dirname, '..');
const requirements = ['requirements.txt', 'requirements-dev.txt'];
const isWindows = process.platform === 'win32';

/** Something that this machine lacks. */
class Missing extends Error {}

try {
  const { status, signal } = spawnSync(environment(), process.argv.slice(2), {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = signal ? 1 : (status ?? 1);
} catch (error) {
  if (!(error instanceof Missing)) throw error;
  console.log(`skipped: ${error.message}`);
  if (process.env.CI) {
    console.error('CI is set, where nothing may be skipped.');
    process.exitCode = 1;
  }
}

/** The Python of the virtual environment for these requirements, which is made first when it is not there. */
function environment(): string {
  const python = findPython();
  const hash = createHash('sha256').update(python.version);
  for (const file of requirements) hash.update(readFileSync(join(root, file)));
  const name = hash.digest('hex').slice(0, 12);
  const executable = join(
    root,
    '.venv',
    name,
    ...(isWindows ? ['Scripts', 'python.exe'] : ['bin', 'python']),
  );
  if (existsSync(executable)) return executable;

  // Made aside and moved into place: two tasks may start at once, and an install that was cut off leaves nothing behind.
  const aside = join(root, '.venv', `${name}-${process.pid}`);
  mkdirSync(join(root, '.venv'), { recursive: true });
  try {
    must(python.command, ['-m', 'venv', aside], 'python3 cannot make a virtual environment');
    must(
      executable.replace(name, `${name}-${process.pid}`),
      ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements[1]!],
      'the packages could not be installed',
    );
    if (!existsSync(executable)) renameSync(aside, join(root, '.venv', name));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return executable;
}

function findPython(): { command: string; version: string } {
  for (const command of ['python3', 'python']) {
    const { status, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
    const [, version = '', minor = '0'] = /^Python (3\.(\d+)\.\d+)/.exec(stdout ?? '') ?? [];
    if (status === 0 && Number(minor) >= 10) return { command, version };
  }
  throw new Missing('python3 (3.10 or newer) not found');
}

function must(command: string, args: string[], problem: string): void {
  const { status, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (status === 0) return;
  throw new Missing(`${problem}: ${stderr?.trim().split('\n').at(-1) ?? 'no answer'}`);
}
