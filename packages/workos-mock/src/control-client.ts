import { type Duration, toMilliseconds } from './clock.ts';
import type { Operations } from './control.ts';
import type { Endpoint } from './endpoints.ts';
import type { Event, Impersonator, WebhookDelivery } from './entities.ts';
import type { FaultEffect, FaultScope } from './faults.ts';
import type { LoggedRequest, RequestFilter } from './request-log.ts';
import type { Seed } from './seed.ts';

type Result<Name extends keyof Operations> = Awaited<ReturnType<Operations[Name]['run']>>;
type UserResponse = Result<'users/create'>['user'];
type MembershipResponse = Result<'users/create'>['memberships'][number];
type OrganizationResponse = Result<'organizations/create'>['organization'];
type MessageResponse = Result<'inbox/list'>['messages'][number];
type FaultResponse = Result<'faults/list'>['faults'][number];
type SessionResponse = Result<'sessions/list'>['sessions'][number];

/** Who signs in, and how. */
export interface SignInOptions {
  email: string;
  /** Id or name; the person's first organization when left out. */
  organization?: string;
  /** How old the access token is already, e.g. `{ minutes: 6 }` for an expired one. */
  tokenAge?: Duration;
  /** How long ago they signed in, e.g. `{ hours: 1 }` to meet a step-up; as long as `tokenAge` at least. */
  signedInAgo?: Duration;
  impersonator?: Impersonator;
  /** Seals the session with it, for `cookies`. Default: WORKOS_COOKIE_PASSWORD of the process. */
  cookiePassword?: string;
  /** Default: WORKOS_COOKIE_NAME of the process, else `wos-session`. */
  cookieName?: string;
}

/** Who signs in without having asked the app for it. */
export interface OutsideOptions {
  email: string;
  /** The address at which the app starts sign-ins. Default: that of the one app that runs beside the mock. */
  signInEndpoint?: string;
  /** Where the app takes codes, if it has no sign-in endpoint. Default: the first redirect URI of the seed without `*`. */
  redirectUri?: string;
}

/** A signed-in person: what the next line of a test needs, whichever way it talks to the app. */
export interface SignedIn {
  user: Omit<UserResponse, 'metadata'>;
  organizationId: string | null;
  sessionId: string;
  accessToken: string;
  refreshToken: string;
  /** For an API that takes bearer tokens. */
  headers: { authorization: string };
  /** The sealed session cookie by name; empty when there is no cookie password. */
  cookies: Record<string, string>;
  /** The same as the value of a `Cookie` header. */
  cookieHeader: string;
}

/** What a person made for a test is like; what is left out is made up. */
export interface NewPerson {
  email?: string;
  firstName?: string;
  lastName?: string;
  /** Default: `password`. */
  password?: string;
  /** Default: true. */
  emailVerified?: boolean;
  /** Organizations by id or name; the role is `member` when left out. */
  memberships?: { organization: string; role?: string }[];
}

type FailAnswer = { status: number; body?: unknown; headers?: Record<string, string> };

/** An event for a webhook endpoint. */
export interface WebhookToSend {
  /** For example `user.created`. */
  event: string;
  /** The resource, as the API would answer it. */
  data: Record<string, unknown>;
  /** Where to deliver it; left out, it is only signed. */
  url?: string;
  /** The signing secret of the endpoint. */
  secret: string;
}

/** A webhook as it was sent, for a test that hands it over by itself. */
export interface SentWebhook {
  /** Of the event. */
  id: string;
  body: string;
  /** The value of the header `WorkOS-Signature`. */
  signature: string;
  /** The status of each attempt to deliver it, 0 where there was no answer. */
  attempts: number[];
}

/** What a mock saw while a test watched it. */
export interface Watched {
  /** What is wrong, one line each: faults of this control that never struck, endpoints that the mock lacks. */
  problems: string[];
  /** Oldest first. */
  requests: LoggedRequest[];
  events: Event[];
}

/** Everything a test can do to a mock. The same in process and over HTTP, so all of it is asynchronous. */
export interface MockControl {
  /** Signs somebody in without a page. */
  signIn(options: SignInOptions): Promise<SignedIn>;
  /**
   * Impersonates somebody, as a member of the team does in the dashboard. An app with a sign-in endpoint starts the sign-in by
   * itself; one without gets a code at its redirect URI that comes without state and was asked for without a code challenge.
   *
   * @param options `organization` as in `signIn`.
   * @returns Where the browser is to go, e.g. with `page.goto()`; good once, for a minute.
   * @see https://workos.com/docs/authkit/impersonation
   */
  impersonate(
    options: OutsideOptions & { impersonator: Impersonator; organization?: string },
  ): Promise<string>;
  /**
   * Signs somebody in from the tile of the app at their identity provider, in the same two ways.
   *
   * @param options `connection` is an id; the person is a member of its organization.
   * @see https://workos.com/docs/sso/login-flows
   */
  signInFromIdp(options: OutsideOptions & { connection: string }): Promise<string>;
  createUser(person?: NewPerson): Promise<UserResponse & { memberships: MembershipResponse[] }>;
  createOrganization(fields?: { name?: string }): Promise<OrganizationResponse>;
  clock: {
    /** Milliseconds since 1970. */
    now(): Promise<number>;
    /** Moves time on, e.g. `{ minutes: 6 }`. */
    advance(by: Duration): Promise<void>;
  };
  /** The next request to an endpoint is answered with this instead; nothing changes. A string body is sent as HTML. */
  failNext(endpoint: Endpoint, answer: FailAnswer, scope?: FaultScope): Promise<void>;
  /** The next request to an endpoint waits. */
  delayNext(endpoint: Endpoint, by: Duration, scope?: FaultScope): Promise<void>;
  /** The connection of the next request is cut: before anything happens, or `after` the change took hold. */
  dropNext(endpoint: Endpoint, how?: { after?: boolean }, scope?: FaultScope): Promise<void>;
  /** The next answer is spoilt on its way: half of it, none of it, or a gateway's HTML error page. */
  garbleNext(
    endpoint: Endpoint,
    as: 'html' | 'truncated' | 'empty',
    scope?: FaultScope,
  ): Promise<void>;
  /** What is switched on still, each with a line that says it. */
  faults(): Promise<FaultResponse[]>;
  /** Switches off what this control has switched on; those of others who use the mock stay. */
  clearFaults(): Promise<void>;
  /** What the mock was asked, oldest first. */
  requests(filter?: RequestFilter): Promise<LoggedRequest[]>;
  clearRequests(): Promise<void>;
  sessions(filter?: { user?: string }): Promise<SessionResponse[]>;
  /** What was "sent" by e-mail, oldest first: the code, or the token of a link and the link itself as `url`. */
  inbox(filter?: { email?: string }): Promise<MessageResponse[]>;
  /** Ends a session, as a person who signs out elsewhere or an administrator does. */
  revokeSession(id: string): Promise<void>;
  /** Lets a session be past its lifetime: its refresh token is refused. Access tokens live on until they expire. */
  expireSession(id: string): Promise<void>;
  /** How long the access tokens live that are made from now on, as an administrator sets it; until the next reset. */
  setAccessTokenLifetime(lifetime: Duration): Promise<void>;
  /** Signs with a new key from now on; answers its `kid`. */
  rotateKeys(): Promise<string>;
  /** What the person's authenticator app shows: a real code for the factor that was enrolled last. */
  mfaCode(userId: string): Promise<string>;
  /** From now on everybody needs a second factor to sign in, or nobody does who has none. */
  requireMfa(required?: boolean): Promise<void>;
  /**
   * Makes something happen as far as webhooks go: the event is in `GET /events`, goes to the endpoints that want it, and is
   * signed for one of the test's own.
   */
  sendEvent(event: WebhookToSend): Promise<SentWebhook>;
  /** What became of events at webhook endpoints, oldest first. */
  webhookDeliveries(): Promise<WebhookDelivery[]>;
  /** Back to the seed, or to another one: nothing of before is left. */
  reset(seed?: Seed): Promise<void>;
  /**
   * @throws Error when a fault never struck (the test never met its error) or a request went to an endpoint that the
   *   mock lacks.
   */
  verify(): Promise<void>;
  /**
   * Watches the mock from now on, for a test that shares it with others; the function that it answers ends that, and
   * switches off what this control has switched on. Whose request an endpoint was missing for is not known, so each of
   * those who watched at the time is told of it.
   */
  watch(): Promise<() => Promise<Watched>>;
}

/**
 * Makes the control of a mock.
 *
 * @param fetch How to reach it: the mock's own `fetch`, or the global one.
 * @param url Its address, e.g. `http://localhost:4100`.
 */
export function createControl(
  fetch: (request: Request) => Promise<Response>,
  url: string,
): MockControl {
  async function call<Name extends keyof Operations>(
    name: Name,
    body: object = {},
  ): Promise<Result<Name>> {
    const response = await fetch(
      new Request(new URL(`/_mock/${name}`, url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
    const result = (await response.json()) as Result<Name> & { message?: string };
    if (!response.ok) throw new Error(`workos-mock: ${result.message ?? response.status}`);
    return result;
  }
  const ownFaults = new Set<number>();
  const addFault = async (endpoint: Endpoint, effect: FaultEffect, scope?: FaultScope) => {
    const { id } = await call('faults/add', { endpoint, effect, scope });
    ownFaults.add(id);
  };

  return {
    async signIn(options) {
      const {
        cookiePassword = env('WORKOS_COOKIE_PASSWORD'),
        cookieName = env('WORKOS_COOKIE_NAME') ?? 'wos-session',
        ...who
      } = options;
      const { response, sessionId, sealedSession } = await call('sign-in', {
        ...who,
        cookiePassword,
      });
      const cookies = sealedSession ? { [cookieName]: sealedSession } : {};
      return {
        user: response.user,
        organizationId: response.organization_id || null,
        sessionId,
        accessToken: response.access_token,
        refreshToken: response.refresh_token,
        headers: { authorization: `Bearer ${response.access_token}` },
        cookies,
        cookieHeader: Object.entries(cookies)
          .map(([name, value]) => `${name}=${value}`)
          .join('; '),
      };
    },
    impersonate: async (options) => (await call('impersonate', options)).url,
    signInFromIdp: async (options) => (await call('idp-sign-in', options)).url,
    async createUser(person = {}) {
      const { user, memberships } = await call('users/create', person);
      return { ...user, memberships };
    },
    createOrganization: async (fields = {}) =>
      (await call('organizations/create', fields)).organization,
    clock: {
      now: async () => (await call('clock/now')).now,
      advance: async (by) => {
        await call('clock/advance', by);
      },
    },
    failNext: (endpoint, answer, scope) => addFault(endpoint, { kind: 'fail', ...answer }, scope),
    delayNext: (endpoint, by, scope) =>
      addFault(endpoint, { kind: 'delay', milliseconds: toMilliseconds(by) }, scope),
    dropNext: (endpoint, { after = false } = {}, scope) =>
      addFault(endpoint, { kind: 'drop', after }, scope),
    garbleNext: (endpoint, as, scope) => addFault(endpoint, { kind: 'garble', as }, scope),
    faults: async () => (await call('faults/list')).faults,
    clearFaults: async () => {
      for (const id of ownFaults) await call('faults/remove', { id });
      ownFaults.clear();
    },
    requests: async (filter = {}) => (await call('requests/list', filter)).requests,
    clearRequests: async () => {
      await call('requests/clear');
    },
    sessions: async (filter = {}) => (await call('sessions/list', filter)).sessions,
    inbox: async (filter = {}) => (await call('inbox/list', filter)).messages,
    revokeSession: async (session) => {
      await call('sessions/revoke', { session });
    },
    expireSession: async (session) => {
      await call('sessions/expire', { session });
    },
    setAccessTokenLifetime: async (lifetime) => {
      await call('tokens/lifetime', lifetime);
    },
    rotateKeys: async () => (await call('keys/rotate')).kid,
    mfaCode: async (user) => (await call('mfa/code', { user })).code,
    requireMfa: async (required = true) => {
      await call('mfa/require', { required });
    },
    sendEvent: (event) => call('events/send', event),
    webhookDeliveries: async () => (await call('events/deliveries')).deliveries,
    reset: async (seed) => {
      await call('reset', { seed });
      ownFaults.clear();
    },
    verify: async () => {
      const { unfiredFaults, missingEndpoints } = await call('verify');
      const problems = describeProblems(unfiredFaults, missingEndpoints);
      if (problems.length > 0) throw new Error(`workos-mock: ${problems.join('; ')}`);
    },
    async watch() {
      const from = await call('watch/begin');
      return async () => {
        const { unfiredFaults, missingEndpoints, ...record } = await call('watch/end', {
          ...from,
          faults: [...ownFaults],
        });
        ownFaults.clear();
        return { problems: describeProblems(unfiredFaults, missingEndpoints), ...record };
      };
    },
  };
}

function describeProblems(unfiredFaults: string[], missingEndpoints: string[]): string[] {
  return [
    ...unfiredFaults.map((fault) => `this fault never struck: ${fault}`),
    ...missingEndpoints.map((endpoint) => `the mock has no such endpoint: ${endpoint}`),
  ];
}

/** The variable of the process, where there is a process. */
function env(name: string): string | undefined {
  return typeof process === 'undefined' ? undefined : process.env[name] || undefined;
}
