import { CommanderError } from 'commander';
import { CliError, exitCodes } from './errors.ts';
import { createProgram } from './program.ts';
import { handleSignals } from './signals.ts';
import { createTerminal } from './terminal.ts';
import manifest from '../package.json' with { type: 'json' };

/**
 * Runs the command.
 *
 * @param args What was typed after its name.
 * @returns When it has ended; `process.exitCode` says how.
 */
export async function main(args: string[]): Promise<void> {
  handleSignals();
  // `pkce-cli api … | head` closes the pipe: that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : exitCodes.failed);
  });
  process.on('uncaughtException', (error) => {
    process.exit(report(error, args));
  });
  try {
    const program = createProgram(manifest.version, { json: args.includes('--json') });
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = report(error, args);
  }
}

function report(error: unknown, args: string[]): number {
  const json = args.includes('--json');
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    // commander has said it already, unless a script wants it as JSON.
    if (!json) return exitCodes.usage;
  }
  const known = asCliError(error);
  createTerminal({
    json,
    verbose: args.includes('--verbose') || args.includes('-v'),
  }).failure(known);
  return exitCodes[known.failure];
}

function asCliError(error: unknown): CliError {
  if (error instanceof CliError) return error;
  if (error instanceof CommanderError) {
    return new CliError('usage', error.message.replace(/^error: /, ''));
  }
  const message = `This is a mistake in pkce-cli: ${describe(error)}`;
  return new CliError('failed', message, { cause: error });
}

/** The kind of a mistake and its place, without values: those may be secret. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const place = /\((?:.*\/)?([^/()]+:\d+:\d+)\)/.exec(error.stack ?? '')?.[1] ?? 'unknown place';
  return `${error.name} at ${place}`;
}
