// ask/refresh-race, trap/html-5xx-signs-out — https://workos.com/docs/authkit/sessions
import { DurableObject } from 'cloudflare:workers';
import { isWorkosError, workosFor } from './workos';

/** How a refresh ended. */
export type Refresh =
  /** The session goes on, sealed anew. */
  | { status: 'refreshed'; sealedSession: string }
  /** The session is over: sign in again. */
  | { status: 'ended'; reason: string }
  /** The session goes on as it was; only what was asked for is refused, e.g. an organization. */
  | { status: 'refused'; reason: string }
  /** WorkOS does not answer now. The session is as good as before. */
  | { status: 'later'; retryAfter: number };

/** For how long the requests that came too late get the session that another one fetched, in milliseconds. */
const SHARED_FOR = 30_000;
/**
 * How long anybody waits for a refresh, in milliseconds: two attempts of the SDK. Between them it pauses as long as WorkOS asks it
 * to, up to a minute; what comes of that is there for the next request.
 */
const PATIENCE = 12_000;

/**
 * One refresh for one sealed session, however many requests, tabs and data centres ask for it at the same moment. WorkOS
 * exchanges a refresh token once; whoever comes second is refused after a short while and would be signed out.
 *
 * It is a Durable Object because a variable would be shared within one isolate only, and because there a request that is
 * cancelled takes the promise with it that the others wait for.
 */
export class SessionRefresh extends DurableObject<Env> {
  #shared: Promise<Refresh> | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  /**
   * Exchanges the refresh token of a session, or answers with what the exchange a moment ago has brought.
   *
   * @param sealedSession The cookie.
   * @param organizationId The organization to go on in; left out, the session's own.
   */
  refresh(sealedSession: string, organizationId?: string): Promise<Refresh> {
    if (organizationId) {
      return orLater(this.#enqueue(() => this.#exchange(sealedSession, organizationId)));
    }
    this.#shared ??= this.#enqueue(async (): Promise<Refresh> => {
      const newest = await this.#newest();
      return newest
        ? { status: 'refreshed', sealedSession: newest }
        : this.#exchange(sealedSession);
    }).finally(() => {
      this.#shared = undefined;
    });
    return orLater(this.#shared);
  }

  async #exchange(sealedSession: string, organizationId?: string): Promise<Refresh> {
    const sessionData = (await this.#newest()) ?? sealedSession;
    const refresh = await exchange(this.env, sessionData, organizationId);
    if (refresh.status === 'refreshed') {
      const until = Date.now() + SHARED_FOR;
      // Not in memory, out of which an object may fall after ten idle seconds. It is sealed, and gone at its time.
      await this.ctx.storage.put('newest', { sealedSession: refresh.sealedSession, until });
      await this.ctx.storage.setAlarm(until);
    }
    return refresh;
  }

  async #newest(): Promise<string | undefined> {
    const newest = await this.ctx.storage.get<{ sealedSession: string; until: number }>('newest');
    return newest && newest.until > Date.now() ? newest.sealedSession : undefined;
  }

  override async alarm(): Promise<void> {
    await this.ctx.storage.deleteAll();
  }

  #enqueue(task: () => Promise<Refresh>): Promise<Refresh> {
    const run = this.#queue.then(task);
    this.#queue = run.catch(() => {});
    return run;
  }
}

/** Waits no longer than anybody would; the exchange goes on, and no other is begun beside it. */
function orLater(refresh: Promise<Refresh>): Promise<Refresh> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const later = new Promise<Refresh>((resolve) => {
    timer = setTimeout(() => resolve({ status: 'later', retryAfter: 5 }), PATIENCE);
  });
  return Promise.race([refresh, later]).finally(() => clearTimeout(timer));
}

async function exchange(
  env: Env,
  sessionData: string,
  organizationId: string | undefined,
): Promise<Refresh> {
  const { userManagement } = await workosFor(env);
  const cookiePassword = env.WORKOS_COOKIE_PASSWORD;
  try {
    const result = await userManagement
      .loadSealedSession({ sessionData, cookiePassword })
      .refresh({ organizationId });
    if (result.authenticated) {
      return { status: 'refreshed', sealedSession: result.sealedSession! };
    }
    if (result.retryable) return { status: 'later', retryAfter: result.retryAfter ?? 5 };
    // The organization asks for more than this session has; in the one that it is in, it goes on.
    const isRefused = organizationId && result.reason !== 'invalid_grant';
    return { status: isRefused ? 'refused' : 'ended', reason: result.reason };
  } catch (error) {
    if (isWorkosError(error, 'organization_membership_not_found')) {
      return { status: 'refused', reason: 'organization_membership_not_found' };
    }
    // trap/html-5xx-signs-out: a gateway's error page is thrown, not answered. It says nothing about the session.
    console.error(error instanceof Error ? error.message : error);
    return { status: 'later', retryAfter: 5 };
  }
}
