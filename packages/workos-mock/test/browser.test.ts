import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base, vi } from 'vitest';
import { findChromium } from '../src/browser.ts';

/** A machine with these files, the first folder of its PATH and where Playwright puts its browsers. */
const test = base.extend('machine', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 'browsers-'));
  vi.stubEnv('PATH', join(folder, 'bin'));
  vi.stubEnv('CHROMIUM_PATH', undefined);
  onCleanup(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });
  return {
    playwrightPath: join(folder, 'ms-playwright', 'chromium-1255', 'chrome-linux64', 'chrome'),
    async add(...path: string[]) {
      const file = join(folder, ...path);
      await mkdir(join(file, '..'), { recursive: true });
      await writeFile(file, '');
      return file;
    },
  };
});

test('of the system’s the headless shell comes first, unless the whole browser is wanted', async ({
  machine,
}) => {
  const whole = await machine.add('bin', 'chromium');
  expect(findChromium()).toMatchObject({ path: whole, isHeadlessShell: false });
  const shell = await machine.add('bin', 'chromium-headless-shell');
  expect(findChromium()).toMatchObject({
    isHeadlessShell: true,
    launchOptions: { executablePath: shell },
  });
  expect(findChromium(undefined, { whole: true })).toMatchObject({ path: whole });
});

test('Playwright’s own comes before the system’s, and it finds its shell itself', async ({
  machine,
}) => {
  await machine.add('bin', 'chromium-headless-shell');
  const own = await machine.add('ms-playwright', 'chromium-1255', 'chrome-linux64', 'chrome');
  expect(own).toBe(machine.playwrightPath);
  expect(findChromium(own)).toMatchObject({ launchOptions: { executablePath: own } });
  await machine.add('ms-playwright', 'chromium_headless_shell-1255', 'INSTALLATION_COMPLETE');
  expect(findChromium(own)).toMatchObject({ isHeadlessShell: true, launchOptions: {} });
  expect(findChromium(own, { whole: true })).toMatchObject({
    launchOptions: { executablePath: own },
  });
});

test('CHROMIUM_PATH is taken before all others, and must be there', async ({ machine }) => {
  await machine.add('bin', 'chromium');
  vi.stubEnv('CHROMIUM_PATH', await machine.add('mine'));
  expect(findChromium()?.how).toBe('named by CHROMIUM_PATH');
  vi.stubEnv('CHROMIUM_PATH', `${process.env.CHROMIUM_PATH}-gone`);
  expect(() => findChromium()).toThrow(/is not there. Correct it or unset it/);
});
