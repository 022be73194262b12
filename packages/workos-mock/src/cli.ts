import { parseArgs } from 'node:util';
import type { WorkosMock } from './mock.ts';
import type { Listening } from './node.ts';
import { portFrom, run } from './run.ts';
import { formatTable } from './running-apps.ts';

const HELP = `workos-mock: the WorkOS API in memory, for development and tests

Usage
  workos-mock [options]                       start the mock
  workos-mock run [options] -- COMMAND        run an app on a port that is checked first
  workos-mock seed --to FORMAT [--seed FILE]  write a seed for the vendor's emulator or a real environment

Options
  --port N               port to listen on, on loopback only (default: WORKOS_API_PORT, or 4100)
  --seed FILE            what it knows at the start, JSON or YAML (default: Ada, Grace, Linus and Eve)
  --interactive          always show the sign-in page; without it, login_hint answers at once
  --refresh-grace N      seconds for which an exchanged refresh token is still honoured (default: 10; 0 = strict)
  --token-lifetime N     seconds that an access token lives (default: 300)
  --namespaces N         N mocks in one process, each with a state of its own, at this port and those after it
  --allow-host NAME      answer to this host name too, e.g. of a container; may be repeated
  --json                 print one line of JSON when it is ready
  --force                start although NODE_ENV is production
  --help, --version

Options of run
  --name NAME            the app, for messages and for the variable NAME_PORT that overrides the port
  --port N               the app's port: goes into PORT and, where COMMAND has it, into {port}
  --sign-in PATH         where a sign-in starts, for one click from the mock's page (default: /sign-in)
  --mock                 start the mock beside the app, unless it runs already

Options of seed
  --to FORMAT            emulator: workos-emulate.config.yaml; cli: workos-seed.yml for "workos seed --file"

Examples
  workos-mock --port 4100 --interactive
  workos-mock --seed people.yaml --refresh-grace 0
  workos-mock run --name my-app --port 3000 -- next dev
  workos-mock seed --to emulator --seed people.yaml > workos-emulate.config.yaml
`;

/** A mistake of the person at the keyboard: one line, no stack. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Runs the command. */
export async function main(args: string[]): Promise<void> {
  try {
    if (args[0] === 'run') await run(args.slice(1));
    else if (args[0] === 'seed') await convertSeed(args.slice(1));
    else await serve(args);
  } catch (error) {
    if (!isExpected(error)) throw error;
    process.stderr.write(`workos-mock: ${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}

/** Starts the mock and says that it is ready. */
export async function serve(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      seed: { type: 'string' },
      interactive: { type: 'boolean' },
      'refresh-grace': { type: 'string' },
      'token-lifetime': { type: 'string' },
      namespaces: { type: 'string', default: '1' },
      'allow-host': { type: 'string', multiple: true },
      json: { type: 'boolean' },
      force: { type: 'boolean' },
      help: { type: 'boolean' },
      version: { type: 'boolean' },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  if (values.version) return void process.stdout.write(`${await version()}\n`);
  if (process.env.NODE_ENV === 'production' && !values.force) {
    throw new UsageError(
      'NODE_ENV is production, and this is a mock whose keys everybody knows. Unset it, or --force.',
    );
  }
  const port = values.port
    ? portFrom('--port', values.port)
    : portFrom('WORKOS_API_PORT', process.env.WORKOS_API_PORT || '4100');

  const [{ createWorkosMock }, { listen }] = await Promise.all([
    import('./mock.ts'),
    import('./node.ts'),
  ]);
  const options = {
    interactive: values.interactive,
    ...(values.seed && { seed: await readSeed(values.seed) }),
    ...(values['refresh-grace'] && {
      refreshGrace: secondsFrom('--refresh-grace', values['refresh-grace']),
    }),
    ...(values['token-lifetime'] && {
      accessTokenLifetime: secondsFrom('--token-lifetime', values['token-lifetime']),
    }),
  };
  const mocks = Array.from({ length: countFrom('--namespaces', values.namespaces) }, () =>
    createWorkosMock(options),
  );
  const listening: Listening[] = [];
  for (const [i, mock] of mocks.entries()) {
    const own = port === 0 ? 0 : port + i;
    const opened = await listen(mock.fetch, {
      port: own,
      allowHosts: values['allow-host'],
      ownsProcess: true,
    }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') throw error;
      throw new UsageError(
        `port ${own} is in use. Stop what uses it, or choose another: WORKOS_API_PORT=${port + 100} moves the mock and the apps that it serves, --port ${port + 100} the mock alone.`,
      );
    });
    listening.push(opened);
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void Promise.all(listening.map(({ close }) => close())).then(() => process.exit(0));
    });
  }
  const urls = listening.map(({ url }) => url);
  const [mock] = mocks as [WorkosMock];
  const [first] = listening as [Listening];
  mock.apps.onAllReady(() => process.stdout.write(`\n${welcome(mock)}\n\n`));
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ ready: true, url: first.url, port: first.port, urls, pid: process.pid })}\n`
      : `workos-mock is ready at ${urls.join(', ')}\n`,
  );
}

/** What a person wants to know once everything runs: where to go, and as whom. */
function welcome({ apps, people }: WorkosMock): string {
  const where = formatTable([
    ['APP', 'OPEN', 'WHAT TO TRY'],
    ...apps.list().map((app) => [app.name, app.url, app.description]),
  ]);
  const who = formatTable([
    ['PERSON', 'E-MAIL', 'ORGANIZATIONS'],
    ...people().map(({ name, email, organizations }) => [name, email, organizations]),
  ]);
  return `${where}\n\n${who}\n\nOne click on the sign-in page is enough; every password is "password".`;
}

/** `workos-mock seed`: the seed in another format on standard output, and what has no place in it on standard error. */
async function convertSeed(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { to: { type: 'string' }, seed: { type: 'string' } },
  });
  const [{ defaultSeed }, { seedTargets }, { stringify }] = await Promise.all([
    import('./default-seed.ts'),
    import('./seed-formats.ts'),
    import('yaml'),
  ]);
  const { to = '' } = values;
  if (!Object.hasOwn(seedTargets, to)) {
    throw new UsageError(`seed takes --to ${Object.keys(seedTargets).join(' or --to ')}`);
  }
  const seed = values.seed ? await readSeed(values.seed) : defaultSeed;
  const { config, leftOut } = seedTargets[to as keyof typeof seedTargets](seed);
  process.stdout.write(stringify(config, { aliasDuplicateObjects: false }));
  for (const line of leftOut) process.stderr.write(`left out: ${line}\n`);
}

/** Reads a seed file, JSON or YAML; YAML contains JSON. */
async function readSeed(file: string) {
  const [{ readFile }, { parse }, { parseSeed }] = await Promise.all([
    import('node:fs/promises'),
    import('yaml'),
    import('./seed.ts'),
  ]);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`cannot read the seed file ${file}: ${error.code ?? error.message}`);
  });
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    const [line] = (error as Error).message.split('\n');
    throw new UsageError(`${file}: ${line}`);
  }
  return parseSeed(value, file);
}

function secondsFrom(name: string, value: string): number {
  const seconds = Number(value);
  if (Number.isFinite(seconds) && seconds >= 0) return seconds;
  throw new UsageError(`${name} takes a number of seconds, zero or more; got "${value}".`);
}

function countFrom(name: string, value: string): number {
  const count = Number(value);
  if (Number.isInteger(count) && count >= 1 && count <= 100) return count;
  throw new UsageError(`${name} takes a number from 1 to 100; got "${value}".`);
}

async function version(): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Whether an error's message is enough for the person: ours, or parseArgs' own. */
function isExpected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name } = error;
  const code = 'code' in error ? String(error.code) : '';
  return name === 'UsageError' || name === 'SeedError' || code.startsWith('ERR_PARSE_ARGS');
}
