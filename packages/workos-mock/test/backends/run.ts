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
import { type Backend, journeys, prepare } from './journeys.ts';

/**
 * `pnpm --filter workos-mock backends`: the same journeys of the real SDK against this mock, the vendor's emulator and a
 * real environment, and a table of what differs. The last two are optional:
 *
 * - EMULATOR: the command of `@workos/emulate`, e.g. `/path/to/workos-emulate` or its `dist/cli.js`.
 * - STAGING_API_KEY, STAGING_CLIENT_ID, and STAGING_REDIRECT_URI if it is not http://localhost:3000/callback. People and
 *   organizations are made there and deleted again, so take an environment for tests: a key of production is refused.
 */

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

/** One line of why it failed. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replaceAll(/\s+/g, ' ').slice(0, 160);
}

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
    for (const journey of journeys) {
      if (journey.needsHint && !opened.backend.signsInByHint) {
        answers.set(journey.name, 'needs a person at the hosted page');
        continue;
      }
      const { ground, clear } = prepare(opened.backend);
      answers.set(journey.name, await journey.run(ground).then(() => 'yes', reasonOf));
      await clear();
    }
  } finally {
    await opened.close();
  }
}

const names = [...results.keys()];
const width = Math.max(...journeys.map(({ name }) => name.length));
console.log(`\n${''.padEnd(width)}  ${names.map((name) => name.padEnd(9)).join('')}`);
for (const { name: journey } of journeys) {
  const answers = names.map((name) => results.get(name)!.get(journey)!);
  const marks = answers.map((answer) => (answer === 'yes' ? 'yes' : 'no').padEnd(9)).join('');
  console.log(`${journey.padEnd(width)}  ${marks}`);
  answers.forEach((answer, i) => answer === 'yes' || console.log(`    ${names[i]}: ${answer}`));
}
for (const [name, answers] of results) {
  const passed = [...answers.values()].filter((answer) => answer === 'yes').length;
  console.log(`${name}: ${passed} of ${journeys.length}`);
}
// The mock is ours to keep whole; what others do is information.
if ([...results.get('mock')!.values()].some((answer) => answer !== 'yes')) process.exitCode = 1;
