import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import type { ApiOptions } from './commands/api.ts';
import type { LoginOptions } from './commands/login.ts';
import type { LogoutOptions } from './commands/logout.ts';
import { complete, completionScript, type Shell, shells } from './completion.ts';
import { type Context, createContext, type GlobalOptions } from './context.ts';

/** Where `--manual` lets the browser end: nobody listens there, the person copies the address. */
const MANUAL_REDIRECT_URI = 'http://127.0.0.1:53682/callback';

/** A day, in seconds: timers of Node.js end at once when they are set for more than 24 of them. */
const LONGEST_WAIT = 24 * 60 * 60;

const EXAMPLES = `
Examples
  $ pkce-cli login                                 sign in with the browser
  $ pkce-cli login --device                        sign in where there is no browser
  $ pkce-cli api /api/posts --json | jq            call the API as yourself
  $ pkce-cli org switch org_01K…                   go on in another organization
  $ pkce-cli login --profile work                  a second account beside the first

Exit codes
  0  done                    4  WorkOS or the API cannot be reached; you stay signed in
  1  it failed               5  refused: cancelled, denied, not allowed
  2  used wrongly            6  the session cannot be read or kept
  3  not signed in           7  nobody signed in in time
  130  Ctrl-C

Settings
  WORKOS_CLIENT_ID           which WorkOS environment; no API key is needed or used
  WORKER_URL                 where the API is (default: http://localhost:8787)
  PKCE_CLI_PROFILE           the profile, where --profile does not say
  XDG_STATE_HOME             where sessions are kept (default: ~/.local/state)
  BROWSER, NO_COLOR          as everywhere`;

/** The command line: every command, option and example is in this one place. */
export function createProgram(version: string, { json = false } = {}): Command {
  const program = new Command('pkce-cli')
    .description('Signs you in to WorkOS AuthKit from the command line, without a secret.')
    .version(version)
    .addOption(
      new Option('-p, --profile <name>', 'which of several accounts')
        .env('PKCE_CLI_PROFILE')
        .default('default'),
    )
    .option('--json', 'results and errors as JSON')
    .option('-v, --verbose', 'say what happens, on stderr')
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('Run `pkce-cli --help` for what there is.')
    .configureOutput({
      // With --json a wrong use is told as JSON, by whoever catches it.
      writeErr: (text) => {
        if (!json) process.stderr.write(text);
      },
    })
    .exitOverride();

  /** Loads a command when it is called, so that each start loads one. */
  const run =
    <Args extends unknown[]>(work: (context: Context, ...args: Args) => Promise<void>) =>
    async (...args: [...Args, ...unknown[]]) => {
      await work(createContext(program.opts<GlobalOptions>()), ...(args as unknown as Args));
    };

  program
    .command('login')
    .description('sign in')
    .option('--manual', 'paste the address that the browser ends at')
    .addOption(
      // The device flow has no place for what the others tell the sign-in page.
      new Option('--device', 'approve a code on another device').conflicts([
        'manual',
        'organization',
        'hint',
        'signUp',
      ]),
    )
    .option('--no-browser', 'print the address instead of opening it')
    .option('-o, --organization <id>', 'sign in to this organization')
    .option('--hint <email>', 'fill in the e-mail address')
    .option('--sign-up', 'begin on the sign-up page')
    .addOption(
      new Option('--storage <where>', 'where the session is kept')
        .choices(['auto', 'keychain', 'file'])
        .default('auto'),
    )
    .addOption(
      new Option('--timeout <seconds>', 'how long to wait for you')
        .argParser(upTo(LONGEST_WAIT))
        .default(300),
    )
    .addOption(
      new Option('--port <number>', 'a fixed port for the redirect').argParser(upTo(65_535)),
    )
    .addOption(
      new Option('--redirect-uri <uri>', 'where the browser ends with --manual')
        .argParser(address)
        .default(MANUAL_REDIRECT_URI),
    )
    .action(
      run(async (context, options: LoginOptions) =>
        (await import('./commands/login.ts')).login(context, options),
      ),
    );

  program
    .command('logout')
    .description('end the session, at WorkOS too')
    .option('--all', 'every profile')
    .option('--local', 'forget it on this machine alone')
    .action(
      run(async (context, options: LogoutOptions) =>
        (await import('./commands/logout.ts')).logout(context, options),
      ),
    );

  program
    .command('whoami')
    .description('show who is signed in')
    .action(run(async (context) => (await import('./commands/whoami.ts')).whoami(context)));

  program
    .command('token')
    .description('print a live access token, nothing else')
    .addHelpText(
      'after',
      `
Example
  $ printf 'Authorization: Bearer %s' "$(pkce-cli token)" | curl -H @- http://localhost:8787/api/me

Every user of the machine can read the arguments of curl, but not those of printf, which is part of the shell.`,
    )
    .action(run(async (context) => (await import('./commands/token.ts')).token(context)));

  program
    .command('api')
    .description('call the API at WORKER_URL as yourself')
    .argument('<path>', 'for example /api/me')
    .option('-X, --method <method>', 'GET, or POST when there is data')
    .option('-d, --data <json>', 'the body; - reads it from stdin')
    .addHelpText(
      'after',
      `
Examples
  $ pkce-cli api /api/posts
  $ pkce-cli api /api/posts -d '{"title":"Hello"}'
  $ pkce-cli api /api/users/user_01K… -X DELETE`,
    )
    .action(
      run(async (context, path: string, options: ApiOptions) =>
        (await import('./commands/api.ts')).api(context, path, options),
      ),
    );

  const org = program.command('org').description('organizations');
  org
    .command('list')
    .description('list the organizations you are a member of')
    .action(run(async (context) => (await import('./commands/org.ts')).listOrganizations(context)));
  org
    .command('switch')
    .description('go on in another organization')
    .argument('[id]', 'for example org_01K…; asks when left out')
    .action(
      run(async (context, id: string | undefined) =>
        (await import('./commands/org.ts')).switchOrganization(context, id),
      ),
    );

  program
    .command('sessions')
    .description('list the sessions on this machine')
    .action(run(async (context) => (await import('./commands/sessions.ts')).sessions(context)));

  program
    .command('completion')
    .description('print the script that completes this command in your shell')
    .addArgument(new Argument('<shell>').choices(shells))
    .addHelpText('after', "\nExample\n  $ echo 'source <(pkce-cli completion bash)' >> ~/.bashrc")
    .action((shell: Shell) => {
      process.stdout.write(completionScript(shell));
    });
  program
    .command('__complete', { hidden: true })
    .argument('[words...]')
    .action(async (words: string[]) => {
      process.stdout.write((await complete(program, words)).map((word) => `${word}\n`).join(''));
    });
  return program;
}

function upTo(most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (Number.isInteger(number) && number > 0 && number <= most) return number;
    throw new InvalidArgumentError(`Not a whole number from 1 to ${most}.`);
  };
}

function address(text: string): string {
  if (URL.canParse(text)) return text;
  throw new InvalidArgumentError('Not an address, such as http://127.0.0.1:53682/callback.');
}
