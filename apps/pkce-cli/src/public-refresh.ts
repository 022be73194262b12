// node/public-refresh — https://workos.com/docs/reference/authkit/authentication/refresh-token
import type { AuthenticationResponse } from '@workos-inc/node';
import { readClaims } from './access-token.ts';
import {
  lockPath,
  openTokens,
  prepareWrite,
  readProfile,
  type Session,
  type Storage,
  type Stored,
  storageError,
  type Tokens,
} from './credential-store.ts';
import { callWorkos, CliError, SIGN_IN_HINT, systemCode } from './errors.ts';
import { LockTimeout, withFileLock } from './file-lock.ts';
import type { Settings } from './settings.ts';
import { uninterrupted } from './signals.ts';

/** An access token that is handed out lives at least this long, in milliseconds: its user has to get somewhere with it. */
const LEAST_LIFE = 30_000;

export interface RefreshOptions {
  /** Refreshes even a live token, e.g. after an API has refused it. */
  force?: boolean;
  /** Goes on in this organization; the session's own when left out. */
  organizationId?: string;
  /** Called when another process is at it. */
  onWait?: (holder: string) => void;
  /** Called when a request is about to be made. */
  onRefresh?: () => void;
}

/** A session whose access token is live. */
export interface LiveSession {
  session: Session;
  storage: Storage;
  /** Opens the access token; whoever does not ask for it does not open the keychain. */
  accessToken(): Promise<string>;
}

/**
 * The session of a profile, refreshed without a secret when it is due.
 *
 * Refresh tokens rotate, so of many processes exactly one may refresh: it takes the lock, looks again, and makes sure that
 * the new tokens have a place before it asks for them. Ctrl-C waits for the write. A process that dies in between leaves
 * the old token, which WorkOS honours for a few seconds more.
 *
 * @throws CliError `notSignedIn`, `unavailable` (the session stays as it was), `refused`, `storage`.
 */
export async function liveSession(
  profile: string,
  settings: Settings,
  options: RefreshOptions = {},
): Promise<LiveSession> {
  const { force = false, organizationId } = options;
  const before = await readOwn(profile, settings);
  if (!force && !organizationId && isLive(before.session)) return opened(profile, before);

  return withProfileLock(profile, options.onWait, async () => {
    const stored = await readOwn(profile, settings);
    const isRefreshed = stored.session.obtainedAt !== before.session.obtainedAt;
    if (!organizationId && isLive(stored.session) && (!force || isRefreshed)) {
      return opened(profile, stored);
    }
    const { refreshToken } = await openTokens(profile, stored);
    const write = await prepareWrite(profile, stored.storage);
    try {
      options.onRefresh?.();
      const { createPublicClient } = await import('./public-client.ts');
      const workos = createPublicClient(settings);
      return await uninterrupted(async () => {
        const response = await callWorkos('refresh token', () =>
          workos.userManagement.authenticateWithRefreshToken({
            clientId: settings.clientId,
            refreshToken,
            ...(organizationId && { organizationId }),
          }),
        );
        const session = toSession(settings, response, stored.session.signedInAt);
        await write.commit(session, response);
        return {
          session,
          storage: stored.storage,
          accessToken: async () => response.accessToken,
        };
      });
    } finally {
      await write.discard();
    }
  });
}

/** What a session is, from any answer of WorkOS that starts or continues one. */
export function toSession(
  settings: Settings,
  response: Pick<AuthenticationResponse, 'accessToken'> & {
    user: Session['user'];
    impersonator?: { email: string } | undefined;
  },
  signedInAt = Date.now(),
): Session {
  const claims = readClaims(response.accessToken);
  const { id, email, firstName, lastName } = response.user;
  const now = Date.now();
  return {
    baseUrl: settings.baseUrl,
    clientId: settings.clientId,
    user: { id, email, firstName, lastName },
    sessionId: claims.sid,
    organizationId: claims.org_id ?? null,
    role: claims.role ?? null,
    permissions: claims.permissions ?? [],
    impersonator: response.impersonator?.email ?? null,
    signedInAt,
    obtainedAt: now,
    // By this machine's clock and the token's length: a clock that is wrong does not matter.
    expiresAt: now + (claims.exp - claims.iat) * 1000,
  };
}

/** Runs work that writes a profile while no other process does. */
export async function withProfileLock<T>(
  profile: string,
  onWait: ((holder: string) => void) | undefined,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await withFileLock(lockPath(profile), work, onWait && { onWait });
  } catch (error) {
    if (error instanceof LockTimeout) {
      throw new CliError('unavailable', `Another pkce-cli does not finish: ${error.message}.`);
    }
    if (error instanceof CliError || systemCode(error) === undefined) throw error;
    throw storageError('The session cannot be locked', error);
  }
}

/**
 * The profile, if it belongs to the WorkOS that the settings name: its refresh token is never sent anywhere else.
 *
 * @throws CliError `notSignedIn`.
 */
async function readOwn(profile: string, { baseUrl, clientId }: Settings): Promise<Stored> {
  const stored = await readProfile(profile);
  if (!stored) {
    const which = profile === 'default' ? '' : ` as profile "${profile}"`;
    throw new CliError('notSignedIn', `You are not signed in${which}.`, { hint: SIGN_IN_HINT });
  }
  const { session } = stored;
  if (session.baseUrl === baseUrl && session.clientId === clientId) return stored;
  throw new CliError(
    'notSignedIn',
    `You are signed in to ${session.baseUrl} (${session.clientId}), and the settings name ${baseUrl} (${clientId}).`,
    { hint: 'Correct the settings, or sign in there with another --profile.' },
  );
}

/** A clock that was turned back makes a token look young; that one is refreshed as well. */
function isLive({ obtainedAt, expiresAt }: Session): boolean {
  const now = Date.now();
  return now >= obtainedAt - 1000 && now < expiresAt - LEAST_LIFE;
}

function opened(profile: string, stored: Stored): LiveSession {
  let tokens: Promise<Tokens> | undefined;
  return {
    session: stored.session,
    storage: stored.storage,
    accessToken: async () => (await (tokens ??= openTokens(profile, stored))).accessToken,
  };
}
