import { openBrowser } from '../browser.ts';
import type { Context } from '../context.ts';
import {
  describeStorage,
  prepareWrite,
  type PendingWrite,
  readProfile,
  type Session,
  type Storage,
} from '../credential-store.ts';
import { CliError, systemCode } from '../errors.ts';
import { KeychainError, keychainName } from '../keychain.ts';
import { toSession, withProfileLock } from '../public-refresh.ts';
import { style } from '../terminal.ts';
import { endSession } from './logout.ts';

const PORT_PROBLEMS: Record<string, string> = {
  EADDRINUSE: 'is taken',
  EACCES: 'is not for you to open',
};

export interface LoginOptions {
  manual?: boolean;
  device?: boolean;
  browser: boolean;
  organization?: string;
  hint?: string;
  signUp?: boolean;
  storage: 'auto' | Storage;
  timeout: number;
  port?: number;
  redirectUri: string;
}

/** What every way of signing in ends with. */
interface SignedIn {
  accessToken: string;
  refreshToken: string;
  user: Session['user'];
  impersonator?: { email: string } | undefined;
}

/** Signs a person in and keeps the session. */
export async function login(context: Context, options: LoginOptions): Promise<void> {
  const { profile, terminal } = context;
  const settings = context.settings();
  // Before anybody signs in: a session that cannot be kept must not come into being.
  const storage = await chooseStorage(context, options.storage);
  const response = await signIn(context, options);
  const session = toSession(settings, response);

  const replaced = await withProfileLock(profile, undefined, async () => {
    const before = await readProfile(profile).catch(() => null);
    await using(await prepareWrite(profile, storage), async (write) => {
      await write.commit(session, response);
    });
    return before?.session;
  });
  // The session that this one takes the place of would live on at WorkOS with nobody to end it.
  if (replaced) await endSession(replaced).catch(() => {});

  terminal.note(`The session is kept in ${describeStorage(profile, storage)}.`);
  terminal.result(
    { profile, user: session.user, organizationId: session.organizationId, storage },
    [`Signed in as ${session.user.email}${inOrganization(session)}.`],
  );
}

async function signIn(context: Context, options: LoginOptions): Promise<SignedIn> {
  const { createPublicClient } = await import('../public-client.ts');
  const workos = createPublicClient(context.settings());
  const timeout = AbortSignal.timeout(options.timeout * 1000);
  const hints = {
    organizationId: options.organization,
    loginHint: options.hint,
    ...(options.signUp && { screenHint: 'sign-up' as const }),
  };
  try {
    if (options.device) return await signInWithDevice(context, workos, timeout);
    if (options.manual) {
      const { beginManualSignIn, finishManualSignIn } = await import('../pkce-manual.ts');
      const pending = await beginManualSignIn(workos, options.redirectUri, hints);
      const { terminal } = context;
      terminal.note('Open this address in a browser, on any machine:');
      process.stderr.write(`\n  ${pending.url}\n\n`);
      terminal.note(
        `Sign in there. It ends at a page that may not load, at ${new URL(options.redirectUri).host}: copy its address.`,
      );
      const pasted = await terminal.ask('Paste the address here: ', timeout);
      return await finishManualSignIn(workos, pending, pasted);
    }
    return await signInHere(context, options, workos, timeout, hints);
  } catch (error) {
    if (timeout.aborted && !(error instanceof CliError)) {
      throw new CliError('timedOut', `Nobody signed in within ${options.timeout} seconds.`, {
        hint: 'Run `pkce-cli login` again, with --timeout SECONDS for more time.',
      });
    }
    throw error;
  }
}

type Client = ReturnType<typeof import('../public-client.ts').createPublicClient>;

async function signInHere(
  { terminal }: Context,
  options: LoginOptions,
  workos: Client,
  signal: AbortSignal,
  hints: object,
): Promise<SignedIn> {
  const { signInWithBrowser } = await import('../pkce-automatic.ts');
  let done = () => {};
  const open = async (address: string) => {
    const opened = options.browser && (await openBrowser(address));
    process.stderr.write(
      opened
        ? `Your browser opens. If it does not, go to\n\n  ${address}\n\n`
        : `Open this address in a browser on this machine:\n\n  ${address}\n\n`,
    );
    if (!opened) terminal.note('Is the browser on another machine? Use --device or --manual.');
    done = terminal.progress('Waiting for you to sign in (Ctrl-C to stop)');
  };
  try {
    return await signInWithBrowser(workos, { open, signal, port: options.port, ...hints });
  } catch (error) {
    const problem = PORT_PROBLEMS[systemCode(error) ?? ''];
    if (!problem) throw error;
    throw new CliError('failed', `Port ${options.port} ${problem}.`, {
      hint: 'Leave --port out: any free port will do.',
    });
  } finally {
    done();
  }
}

async function signInWithDevice(
  { terminal }: Context,
  workos: Client,
  signal: AbortSignal,
): Promise<SignedIn> {
  const { pollForTokens, requestDeviceAuthorization } = await import('../device-flow.ts');
  const device = await requestDeviceAuthorization(workos, signal);
  process.stderr.write(
    `Open ${style('bold', device.verificationUri)} on any device and enter the code\n\n  ${style('bold', device.userCode)}\n\n`,
  );
  if (device.verificationUriComplete) {
    terminal.note(`Or go straight to ${device.verificationUriComplete}`);
  }
  const done = terminal.progress('Waiting for you to approve it there (Ctrl-C to stop)');
  try {
    return await pollForTokens(workos, device, { signal });
  } finally {
    done();
  }
}

/** The keychain where there is one. Where there is not, the file, said aloud; asked for by name, no substitute. */
async function chooseStorage(
  { profile, terminal }: Context,
  wanted: LoginOptions['storage'],
): Promise<Storage> {
  const tryOut = (storage: Storage) =>
    withProfileLock(profile, undefined, async () =>
      (await prepareWrite(profile, storage)).discard(),
    );
  if (wanted !== 'auto') {
    await tryOut(wanted);
    return wanted;
  }
  try {
    await tryOut('keychain');
    return 'keychain';
  } catch (error) {
    if (!(error instanceof KeychainError)) throw error;
    await tryOut('file');
    terminal.note(
      `${style('yellow', 'note')} No keychain (${keychainName}) answers, so the session goes to a file that only you can read.`,
    );
    return 'file';
  }
}

async function using(write: PendingWrite, work: (write: PendingWrite) => Promise<void>) {
  try {
    await work(write);
  } finally {
    await write.discard();
  }
}

function inOrganization({ organizationId, role }: Session): string {
  return organizationId ? ` in ${organizationId}${role ? ` as ${role}` : ''}` : '';
}
