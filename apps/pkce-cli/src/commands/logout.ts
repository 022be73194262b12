import type { Context } from '../context.ts';
import { listProfiles, readProfile, removeProfile, type Session } from '../credential-store.ts';
import { CliError } from '../errors.ts';
import { withProfileLock } from '../public-refresh.ts';

export interface LogoutOptions {
  all?: boolean;
  local?: boolean;
}

/** How long WorkOS may take to end a session, in milliseconds. */
const TIMEOUT = 10_000;

const FORGET_HINT = 'Try again later, or forget it on this machine alone with --local.';

/**
 * Ends the session at WorkOS, then forgets it here. When WorkOS cannot be reached nothing is forgotten, so that it can be
 * tried again: a session that nobody remembers lives on. With `all`, one that fails holds up no other.
 *
 * @throws CliError what went wrong with the first that failed, after all were tried.
 */
export async function logout(
  { profile, terminal }: Context,
  { all = false, local = false }: LogoutOptions,
): Promise<void> {
  const profiles = all ? await listProfiles() : [profile];
  const ended: { profile: string; email: string | null; endedAtWorkos: boolean }[] = [];
  const failures: { name: string; error: unknown }[] = [];
  for (const name of profiles) {
    try {
      await withProfileLock(name, undefined, async () => {
        // A damaged file names no session to end. To forget it, nothing needs to be read.
        const stored = await readProfile(name).catch((cause: Error) => {
          if (local) return undefined;
          throw new CliError('storage', cause.message, { hint: FORGET_HINT, cause });
        });
        if (stored === null) return;
        if (stored && !local) await endSession(stored.session);
        await removeProfile(name);
        const email = stored?.session.user.email ?? null;
        ended.push({ profile: name, email, endedAtWorkos: !local });
      });
    } catch (error) {
      failures.push({ name, error });
    }
  }
  if (ended.length === 0 && failures.length === 0) terminal.note('Nobody was signed in.');
  terminal.result(
    { ended },
    ended.map(({ profile: name, email, endedAtWorkos }) =>
      endedAtWorkos
        ? `Signed out ${email} (profile ${name}); the session is over at WorkOS too.`
        : `Forgot ${email ?? 'a damaged session'} (profile ${name}) on this machine; the session lives on at WorkOS.`,
    ),
  );
  const [first] = failures;
  if (!first) return;
  if (!all || !(first.error instanceof CliError)) throw first.error;
  const names = failures.map(({ name }) => name).join(', ');
  throw new CliError(first.error.failure, `Still signed in: ${names}. ${first.error.message}`, {
    hint: FORGET_HINT,
    cause: first.error,
  });
}

/**
 * Ends a session at WorkOS. A client without a key has one way: the logout address that browsers are sent to.
 *
 * @throws CliError `unavailable`.
 */
export async function endSession({ baseUrl, clientId, sessionId }: Session): Promise<void> {
  const { createPublicClient } = await import('../public-client.ts');
  const { hostname, port, protocol } = new URL(baseUrl);
  const workos = createPublicClient({
    clientId,
    apiHostname: hostname,
    port: port ? Number(port) : undefined,
    https: protocol === 'https:',
  });
  try {
    const url = workos.userManagement.getLogoutUrl({ sessionId });
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    await response.body?.cancel();
    if (response.status < 500 && response.status !== 429) return;
    throw new Error(`HTTP ${response.status}`);
  } catch (cause) {
    throw new CliError('unavailable', 'WorkOS cannot be reached, so the session is not over.', {
      hint: FORGET_HINT,
      cause,
    });
  }
}
