import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { defaultSeed } from '../../src/default-seed.ts';
import { toEmulatorConfig } from '../../src/seed-formats.ts';
import type { Backend } from './journeys.ts';

const CLIENT = {
  clientId: defaultSeed.clientId,
  apiKey: defaultSeed.apiKey,
  redirectUri: 'http://localhost:3000/callback',
};

interface Opened {
  backend: Backend;
  close(): Promise<void>;
}

/** How to come by each backend; a string says why it is not at hand. */
const backends: Record<string, () => Promise<Opened | string>> = {
  mock: () => start(fileURLToPath(new URL('../../bin/workos-mock.js', import.meta.url)), 4191, []),
  emulator: async () => {
    const { EMULATOR } = process.env;
    if (!EMULATOR) return 'not at hand: set EMULATOR to the command of @workos/emulate';
    if (!existsSync(EMULATOR)) return `not at hand: EMULATOR names ${EMULATOR}, which is not there`;
    const folder = await mkdtemp(join(tmpdir(), 'backends-'));
    const seed = join(folder, 'seed.json');
    await writeFile(seed, JSON.stringify(toEmulatorConfig(defaultSeed).config));
    const opened = await start(EMULATOR, 4192, ['--seed', seed]);
    return {
      ...opened,
      close: async () => {
        await opened.close();
        await rm(folder, { recursive: true });
      },
    };
  },
  staging: async () => {
    const { STAGING_API_KEY: apiKey, STAGING_CLIENT_ID: clientId } = process.env;
    if (!apiKey || !clientId) return 'not at hand: set STAGING_API_KEY and STAGING_CLIENT_ID';
    if (!apiKey.startsWith('sk_test_')) return 'refused: STAGING_API_KEY is not a test key';
    const redirectUri = process.env.STAGING_REDIRECT_URI ?? CLIENT.redirectUri;
    const url = new URL('https://api.workos.com');
    const backend = { url, clientId, apiKey, redirectUri, signsInByHint: false };
    return { backend, close: async () => {} };
  },
};

async function start(command: string, port: number, args: string[]): Promise<Opened> {
  const isScript = command.endsWith('.js');
  const child = spawn(
    isScript ? process.execPath : command,
    [...(isScript ? [command] : []), '--port', String(port), ...args],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const url = new URL(`http://localhost:${port}`);
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}`);
    if (await fetch(new URL('/health', url)).catch(() => null)) break;
    await setTimeout(20);
  }
  return {
    backend: { url, ...CLIENT, signsInByHint: true },
    close: async () => {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

/** Something that an app expects of WorkOS. */
export interface Expectation {
  name: string;
  /** Throws where the backend does otherwise. */
  run(): Promise<void>;
}

/** One line of why it failed. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replaceAll(/\s+/g, ' ').slice(0, 160);
}

/**
 * Holds the same expectations against every backend that is at hand, and prints a table of what differs. Ends with exit code 1
 * when the mock does not meet one: it is ours to keep whole, what others do is information.
 *
 * @param prepare Makes ready for one backend; what it answers has the same names in the same order for each.
 */
export async function compare(
  prepare: (backend: Backend) => Promise<{ expectations: Expectation[]; close(): Promise<void> }>,
): Promise<void> {
  const results = new Map<string, Map<string, string>>();
  for (const [name, open] of Object.entries(backends)) {
    const opened = await open();
    if (typeof opened === 'string') {
      console.log(`${name}: ${opened}`);
      continue;
    }
    const answers = new Map<string, string>();
    results.set(name, answers);
    try {
      const { expectations, close } = await prepare(opened.backend);
      try {
        for (const expectation of expectations) {
          answers.set(expectation.name, await expectation.run().then(() => 'yes', reasonOf));
        }
      } finally {
        await close();
      }
    } finally {
      await opened.close();
    }
  }

  const names = [...results.keys()];
  const expected = [...results.values()].flatMap((answers) => [...answers.keys()]);
  const width = Math.max(...expected.map((name) => name.length));
  console.log(`\n${''.padEnd(width)}  ${names.map((name) => name.padEnd(9)).join('')}`);
  for (const expectation of new Set(expected)) {
    const answers = names.map((name) => results.get(name)?.get(expectation) ?? 'not run');
    const marks = answers.map((answer) => (answer === 'yes' ? 'yes' : 'no').padEnd(9)).join('');
    console.log(`${expectation.padEnd(width)}  ${marks}`);
    answers.forEach((answer, i) => answer === 'yes' || console.log(`    ${names[i]}: ${answer}`));
  }
  for (const [name, answers] of results) {
    const passed = [...answers.values()].filter((answer) => answer === 'yes').length;
    console.log(`${name}: ${passed} of ${answers.size}`);
  }
  if ([...results.get('mock')!.values()].some((answer) => answer !== 'yes')) process.exitCode = 1;
}
