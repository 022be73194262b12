import { spawn, spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtPackage } from './build.ts';
import { bin, type Cli, expect, test } from './command.ts';

/** A Secret Service of the test's own: a session bus and a keyring daemon that end with the command. */
const hasSecretService = ['dbus-run-session', 'gnome-keyring-daemon'].every(
  (command) => spawnSync('which', [command]).status === 0,
);

/** Runs shell lines in which `pkce-cli` is the command and the keychain is open, with a password of its own. */
async function withKeychain(cli: Cli, lines: string) {
  const script = `
    echo -n secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
    pkce_cli() { "$NODE" "$BIN" "$@"; }
    sign_in() {
      pkce_cli login --no-browser --hint ada@acme.test "$@" 2>login.log &
      until grep -q "Waiting" login.log; do sleep 0.05; done
      "$NODE" -e 'fetch(require("fs").readFileSync("login.log", "utf8").match(/http:..127[^\\s]+/)[0]).then((r) => r.text())'
      wait $!
    }
    ${lines}`;
  const child = spawn('dbus-run-session', ['--', 'sh', '-c', script], {
    cwd: cli.home,
    env: { ...cli.env, NODE: process.execPath, BIN: bin, XDG_RUNTIME_DIR: cli.home },
  });
  const [stdout, stderr] = await Promise.all([child.stdout.toArray(), child.stderr.toArray()]);
  return { stdout: stdout.join(''), stderr: stderr.join('') };
}

test.runIf(hasSecretService)(
  'node/public-client: with a keychain the file holds no token, and the key leaves with the session [attack/leakage]',
  async ({ cli }) => {
    const { stdout, stderr } = await withKeychain(
      cli,
      `
      sign_in; echo "login $?"
      cat "$XDG_STATE_HOME/pkce-cli/profiles/default.json"
      pkce_cli token >token.txt; echo "token $?"
      pkce_cli org switch org_acme; echo "switch $?"
      pkce_cli whoami --json; echo
      cp -r "$XDG_STATE_HOME" copy
      pkce_cli logout; echo "logout $?"
      rm -r "$XDG_STATE_HOME"; mv copy "$XDG_STATE_HOME"
      pkce_cli token; echo "token without key $?"
      `,
    );
    const token = await readFile(join(cli.home, 'token.txt'), 'utf8');
    expect(stderr).toContain('has no key that fits');
    expect(token).toMatch(/^eyJ/);
    expect(stdout).toContain('login 0');
    expect(stdout).toContain('"storage": "keychain"');
    expect(stdout).not.toContain('eyJ');
    expect(stdout).not.toContain('refreshToken');
    for (const line of ['token 0', 'switch 0', 'logout 0', 'token without key 6']) {
      expect(stdout).toContain(line);
    }
    expect(stdout).toContain('"storage":"keychain"');
  },
  30_000,
);

test.runIf(hasSecretService)(
  'node/public-client: a session cannot be given another’s name, and a closed keychain is no sign-out [fault/cli-machine]',
  async ({ cli }) => {
    const { stdout } = await withKeychain(
      cli,
      `
      sign_in; echo "login $?"
      cp "$XDG_STATE_HOME/pkce-cli/profiles/default.json" mine.json
      sed -i 's/session_/session_X/' "$XDG_STATE_HOME/pkce-cli/profiles/default.json"
      pkce_cli token; echo "forged $?"
      cp mine.json "$XDG_STATE_HOME/pkce-cli/profiles/default.json"
      DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere pkce_cli token; echo "closed $?"
      DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere pkce_cli whoami >/dev/null; echo "whoami $?"
      pkce_cli token >/dev/null; echo "open $?"
      `,
    );
    for (const line of ['login 0', 'forged 6', 'closed 6', 'whoami 0', 'open 0']) {
      expect(stdout).toContain(line);
    }
  },
  30_000,
);

test('node/public-client: without a keychain the session goes to a file, and login says so [fault/cli-machine]', async ({
  cli,
}) => {
  // Installed without its optional dependency: a machine for which there is no native module.
  const elsewhere = join(cli.home, 'package');
  await cp(builtPackage, elsewhere, { recursive: true });
  await mkdir(join(elsewhere, 'node_modules'));
  for (const name of ['commander', '@workos-inc']) {
    const installed = join(import.meta.dirname, '..', 'node_modules', name);
    await symlink(installed, join(elsewhere, 'node_modules', name), 'junction');
  }
  const script = `"$NODE" package/bin/pkce-cli.js login --hint ada@acme.test`;
  const child = spawn('sh', ['-c', script], {
    cwd: cli.home,
    env: { ...cli.env, NODE: process.execPath, BROWSER: await browserScript(cli) },
  });
  const [stdout, stderr] = await Promise.all([child.stdout.toArray(), child.stderr.toArray()]);
  expect(stdout.join('')).toContain('Signed in as ada@acme.test');
  expect(stderr.join('')).toContain('No keychain');
  expect(stderr.join('')).toContain('only you can read');
  expect((await cli.stored()).storage).toBe('file');

  const named = spawnSync(
    process.execPath,
    [join(elsewhere, 'bin', 'pkce-cli.js'), 'login', '--storage', 'keychain', '--no-browser'],
    { env: cli.env, encoding: 'utf8' },
  );
  expect(named).toMatchObject({ status: 6, stdout: '' });
  expect(named.stderr).toContain('--storage file');
});

/** A browser that goes where it is sent and shows nothing. */
async function browserScript(cli: Cli): Promise<string> {
  const path = join(cli.home, 'browser');
  await writeFile(
    path,
    `#!${process.execPath}\nfetch(process.argv[2]).then((response) => response.text());\n`,
    { mode: 0o755 },
  );
  return path;
}
