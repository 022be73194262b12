import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

function run(cwd: string, ...args: string[]) {
  const command = join(import.meta.dirname, 'cli.ts');
  const { INIT_CWD: _, ...env } = process.env;
  const options = { cwd, env, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], options);
  return { status, stdout, stderr };
}

test('migrate/mfa: the command says what it would do, does it when told to, and its exit code what is left', async ({
  onTestFinished,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'upgrade-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'a.ts');
  const text = `import { WorkOS } from '@workos-inc/node';
await new WorkOS('sk').mfa.verifyFactor({ authenticationChallengeId: '', code: '' });
`;
  await writeFile(file, text);

  const dry = run(folder, '.');
  expect(dry.stdout).toContain('would change  a.ts:2  verifyFactor is verifyChallenge');
  expect(dry.stdout).toContain('1 files read, 2 places to change, 0 left to you.');
  expect(dry.status).toBe(0);
  expect(await readFile(file, 'utf8')).toBe(text);

  expect(run(folder, '.', '--write').stdout).toContain('2 places changed');
  expect(await readFile(file, 'utf8')).toContain('.multiFactorAuth.verifyChallenge(');

  await writeFile(file, text.replace('mfa.verifyFactor', 'fga.check'));
  const left = run(folder, '.');
  expect(left.stdout).toContain('left to you  a.ts:2  workos.fga is gone');
  expect(left.status).toBe(1);
});

test('migrate/runtime: a mistake at the keyboard is one line and exit code 2', () => {
  for (const args of [[], ['a', 'b'], ['--wirte', '.'], ['/nowhere/at/all']]) {
    const { status, stderr, stdout } = run(tmpdir(), ...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^workos-node-upgrade: .+\n$/);
  }
  expect(run(tmpdir(), '--help')).toMatchObject({ status: 0, stderr: '' });
});
