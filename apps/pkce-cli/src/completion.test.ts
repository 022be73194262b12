import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { complete } from './completion.ts';
import { prepareWrite, type Session } from './credential-store.ts';
import { createProgram } from './program.ts';

const completions = (...words: string[]) => complete(createProgram('0.0.0'), words);

test('node/public-client: commands, subcommands, options and their values are completed', async () => {
  expect(await completions('')).toContain('login');
  expect(await completions('')).not.toContain('__complete');
  expect(await completions('lo')).toEqual(['login', 'logout']);
  expect(await completions('org', '')).toEqual(['list', 'switch']);
  expect(await completions('login', '--de')).toEqual(['--device']);
  expect(await completions('token', '--')).toContain('--profile');
  expect(await completions('login', '--storage', '')).toEqual(['auto', 'keychain', 'file']);
  expect(await completions('completion', '')).toEqual(['bash', 'zsh', 'fish']);
});

test('node/public-client: profiles are completed by name', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'completion-'));
  vi.stubEnv('XDG_STATE_HOME', folder);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });
  for (const profile of ['work', 'default']) {
    const write = await prepareWrite(profile, 'file');
    await write.commit({} as Session, { accessToken: '', refreshToken: '' });
  }
  expect(await completions('token', '--profile', '')).toEqual(['default', 'work']);
  expect(await completions('whoami', '-p', 'w')).toEqual(['work']);
});
