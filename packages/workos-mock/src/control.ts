import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { shownTotpCode } from './auth-factors.ts';
import { type Duration, toMilliseconds } from './clock.ts';
import { type Endpoint, endpoints } from './endpoints.ts';
import type { Session, User } from './entities.ts';
import { type AppTypes, type Environment, originOf } from './environment.ts';
import { badRequest, ErrorResponse } from './errors.ts';
import { deliver, emit, signWebhook } from './events.ts';
import { createId } from './ids.ts';
import { listInbox } from './inbox.ts';
import { beginOutside, leadIn, openOutside } from './outside-sign-in.ts';
import {
  membershipResponse,
  organizationResponse,
  sessionResponse,
  userResponse,
} from './responses.ts';
import { createOrganization } from './routes/organizations.ts';
import { sealSession } from './sealed-session.ts';
import { parseSeed } from './seed.ts';
import { exportSeed } from './seed-export.ts';
import { activeMemberships, authenticationResponse, endSession, startSession } from './sessions.ts';
import { createStore, findOrganization, findRole } from './store.ts';
import { createUser } from './users.ts';

const duration = z
  .strictObject({
    milliseconds: z.number(),
    seconds: z.number(),
    minutes: z.number(),
    hours: z.number(),
    days: z.number(),
  })
  .partial();
const endpoint = z.enum(endpoints as unknown as [Endpoint, ...Endpoint[]], {
  error: (issue) => `"${String(issue.input)}" is not an endpoint of the mock`,
});
const scope = z
  .strictObject({
    times: z.number().int().positive(),
    user: z.string(),
    session: z.string(),
    grantType: z.string(),
    probability: z.number().min(0).max(1),
    seed: z.number(),
  })
  .partial();
const effect = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('fail'),
    status: z.number().int().min(200).max(599),
    body: z.unknown().optional(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
  z.strictObject({ kind: z.literal('delay'), milliseconds: z.number().nonnegative() }),
  z.strictObject({ kind: z.literal('drop'), after: z.boolean() }),
  z.strictObject({ kind: z.literal('garble'), as: z.enum(['html', 'truncated', 'empty']) }),
]);

const impersonator = z.strictObject({ email: z.string(), reason: z.string().nullable() });
/** Who signs in without having asked the app, and where the app wants to be told of it. */
const outside = {
  email: z.string(),
  signInEndpoint: z.url().optional(),
  redirectUri: z.string().optional(),
};

/**
 * What a test or the inspector can do to a mock, each as `POST /_mock/<name>` with a JSON body. `control-client.ts` is the
 * typed way to call them, in process and over HTTP alike.
 */
const operations = {
  'clock/now': operation(z.strictObject({}), (env) => ({ now: env.clock.now() })),
  'clock/advance': operation(duration, (env, by) => {
    env.clock.advance(by);
    return { now: env.clock.now() };
  }),
  'faults/add': operation(
    z.strictObject({ endpoint, effect, scope: scope.optional() }),
    (env, fault) => {
      const { user, session } = fault.scope ?? {};
      if (user !== undefined && !env.store.users.get(user)) {
        throw badRequest(`scope.user: there is no user "${user}"; it takes an id.`);
      }
      if (session !== undefined && !env.store.sessions.get(session)) {
        throw badRequest(`scope.session: there is no session "${session}"; it takes an id.`);
      }
      return { id: env.faults.add(fault.endpoint, fault.effect, fault.scope) };
    },
  ),
  'faults/list': operation(z.strictObject({}), (env) => ({ faults: env.faults.list() })),
  'faults/remove': operation(z.strictObject({ id: z.number() }), (env, { id }) => {
    env.faults.remove(id);
    return {};
  }),
  'faults/clear': operation(z.strictObject({}), (env) => {
    env.faults.clear();
    return {};
  }),
  'requests/list': operation(
    z
      .strictObject({
        endpoint,
        userId: z.string(),
        status: z.number(),
        grantType: z.string(),
      })
      .partial(),
    (env, filter) => ({ requests: env.log.list(filter) }),
  ),
  'requests/clear': operation(z.strictObject({}), (env) => {
    env.log.clear();
    return {};
  }),
  'sessions/list': operation(z.strictObject({ user: z.string().optional() }), (env, { user }) => {
    const sessions = user ? env.store.sessions.where('userId', user) : env.store.sessions.all();
    return { sessions: sessions.map((session) => sessionResponse(session, env.clock.now())) };
  }),
  'sessions/revoke': operation(z.strictObject({ session: z.string() }), (env, body) => {
    endSession(env, sessionWith(env, body.session));
    return {};
  }),
  'sessions/expire': operation(z.strictObject({ session: z.string() }), (env, body) => {
    const session = sessionWith(env, body.session);
    env.store.sessions.update(session, { expiresAt: env.clock.now(), updatedAt: env.clock.iso() });
    return {};
  }),
  'inbox/list': operation(
    z.strictObject({ email: z.string().optional() }),
    (env, { email }, origin) => ({
      messages: listInbox(env, origin)
        .filter((message) => !email || message.email.toLowerCase() === email.toLowerCase())
        .map(({ kind, email, secret, url }) => ({ kind, email, secret, url })),
    }),
  ),
  'keys/rotate': operation(z.strictObject({}), async (env) => ({ kid: await env.tokens.rotate() })),
  'organizations/create': operation(
    z.strictObject({ name: z.string().optional() }),
    (env, body) => {
      const name = body.name ?? `Organization ${env.store.organizations.size + 1}`;
      return { organization: organizationResponse(createOrganization(env, { name })) };
    },
  ),
  'users/create': operation(
    z.strictObject({
      email: z.string().optional(),
      firstName: z.string().optional(),
      lastName: z.string().optional(),
      password: z.string().optional(),
      emailVerified: z.boolean().optional(),
      memberships: z
        .array(z.strictObject({ organization: z.string(), role: z.string().optional() }))
        .optional(),
    }),
    (env, body) => {
      const { store, clock } = env;
      const user = createUser(env, {
        ...body,
        email: body.email ?? `${createId('person', clock.now()).toLowerCase()}@example.test`,
        password: body.password ?? 'password',
        emailVerified: body.emailVerified ?? true,
      });
      const memberships = (body.memberships ?? []).map(
        ({ organization: name, role = 'member' }) => {
          const organization = findOrganization(store, name);
          if (!organization) throw badRequest(`There is no organization "${name}".`);
          if (!findRole(store, role, organization.id))
            throw badRequest(`There is no role "${role}".`);
          return store.memberships.insert({
            id: createId('om', clock.now()),
            userId: user.id,
            organizationId: organization.id,
            roles: [role],
            status: 'active',
            createdAt: clock.iso(),
            updatedAt: clock.iso(),
          });
        },
      );
      return {
        user: userResponse(user),
        memberships: memberships.map((membership) => membershipResponse(store, membership)),
      };
    },
  ),
  'sign-in': operation(
    z.strictObject({
      email: z.string(),
      organization: z.string().optional(),
      tokenAge: duration.optional(),
      signedInAgo: duration.optional(),
      impersonator: impersonator.optional(),
      cookiePassword: z.string().min(32).optional(),
    }),
    async (env, body, origin) => {
      const ago = (age: Duration = {}) =>
        env.clock.seconds() - Math.floor(toMilliseconds(age) / 1000);
      const issuedAt = ago(body.tokenAge);
      const session = startSession(env, {
        ...whoFrom(env, body),
        method: 'Password',
        impersonator: body.impersonator ?? null,
        // No token is older than the sign-in that it comes from.
        authTime: Math.min(issuedAt, ago(body.signedInAgo)),
      });
      const response = await authenticationResponse(env, session, origin, issuedAt);
      return {
        sessionId: session.id,
        response,
        sealedSession: body.cookiePassword
          ? await sealSession(response, body.cookiePassword)
          : null,
      };
    },
  ),
  impersonate: operation(
    z.strictObject({ ...outside, organization: z.string().optional(), impersonator }),
    (env, body, origin) => ({
      url: beginOutside(env, origin, body, {
        ...whoFrom(env, body),
        method: 'Impersonation',
        impersonator: body.impersonator,
      }),
    }),
  ),
  'idp-sign-in': operation(
    z.strictObject({ ...outside, connection: z.string() }),
    (env, body, origin) => {
      const connection = env.store.connections.get(body.connection);
      if (connection?.state !== 'active') {
        throw badRequest(`There is no active connection "${body.connection}"; it takes an id.`);
      }
      const who = whoFrom(env, { ...body, organization: connection.organizationId });
      const signIn = { ...who, method: 'SSO', impersonator: null } as const;
      return { url: beginOutside(env, origin, body, signIn) };
    },
  ),
  'events/send': operation(
    z.strictObject({
      event: z.string(),
      data: z.record(z.string(), z.unknown()),
      url: z.url().optional(),
      secret: z.string(),
    }),
    async (env, { event, data, url, secret }) => {
      const happened = emit(env, event, data);
      const delivery = url ? await deliver(env, happened, { url, secret }) : null;
      const signed = await signWebhook(env, happened, secret);
      return { id: happened.id, attempts: delivery?.attempts ?? [], ...signed };
    },
  ),
  'events/deliveries': operation(z.strictObject({}), (env) => ({
    deliveries: [...env.store.webhookDeliveries.all()],
  })),
  'mfa/code': operation(z.strictObject({ user: z.string() }), async (env, { user }) => {
    const factor = env.store.authFactors.where('userId', user).findLast(({ totp }) => totp);
    if (!factor?.totp) throw badRequest(`The user "${user}" has no authenticator app.`);
    return { code: await shownTotpCode(env, factor.totp.secret, factor.lastStep) };
  }),
  'tokens/lifetime': operation(duration, (env, lifetime) => {
    const seconds = toMilliseconds(lifetime) / 1000;
    if (!(seconds >= 1)) throw badRequest('An access token lives one second at least.');
    env.store.settings.accessTokenLifetime = Math.floor(seconds);
    return {};
  }),
  'mfa/require': operation(z.strictObject({ required: z.boolean() }), (env, { required }) => {
    env.store.settings.mfaRequired = required;
    return {};
  }),
  'apps/announce': operation(
    z.strictObject({
      name: z.string(),
      url: z.url(),
      description: z.string(),
      ready: z.boolean(),
      signInPath: z.string().startsWith('/').default('/sign-in'),
    }),
    (env, { signInPath, ...app }) => {
      env.apps.announce({ ...app, signInEndpoint: new URL(signInPath, app.url).href });
      return {};
    },
  ),
  verify: operation(z.strictObject({}), (env) => ({
    unfiredFaults: env.faults.unfired(),
    missingEndpoints: env.log.missing(),
  })),
  'watch/begin': operation(z.strictObject({}), (env) => ({
    request: env.log.next,
    event: env.store.events.all().at(-1)?.id ?? null,
  })),
  'watch/end': operation(
    z.strictObject({
      request: z.number(),
      event: z.string().nullable(),
      faults: z.array(z.number()),
    }),
    (env, from) => {
      const unfiredFaults = env.faults.unfired(from.faults);
      for (const id of from.faults) env.faults.remove(id);
      const events = env.store.events.all();
      // An event that a reset threw away stands nowhere: then all came after it.
      const seen = events.findLastIndex(({ id }) => id === from.event);
      return {
        unfiredFaults,
        missingEndpoints: env.log.missing(from.request),
        requests: env.log.list().filter(({ id }) => id >= from.request),
        events: events.slice(seen + 1),
      };
    },
  ),
  reset: operation(z.strictObject({ seed: z.unknown().optional() }), (env, { seed }) => {
    // Checked before anything is thrown away: a mistake in the seed leaves the mock as it was.
    const next = seed === undefined ? env.options.seed : parseSeed(seed);
    env.clock.reset();
    env.store = createStore(next, env.clock);
    env.tokens.reset();
    env.faults.clear();
    env.log.clear();
    return {};
  }),
};

export type Operations = typeof operations;

/** What changes nothing, so that the inspector need not look again. */
const READS = new Set<string>([
  'clock/now',
  'events/deliveries',
  'faults/list',
  'inbox/list',
  'mfa/code',
  'requests/list',
  'sessions/list',
  'verify',
  'watch/begin',
] satisfies (keyof Operations)[]);

/** The control API. It is for tests and for the person at the machine, so a web page of another origin is refused. */
export const control = new Hono<AppTypes>()
  .use('/_mock/*', async (c, next) => {
    const site = c.req.header('sec-fetch-site');
    if (site && site !== 'same-origin' && site !== 'none') {
      return c.json(
        { message: 'The control API does not answer web pages of other origins.' },
        403,
      );
    }
    return next();
  })
  .get('/_mock/sign-in-as', (c) => {
    const { app = '', user = '', organization = null } = c.req.query();
    const target = c.env.apps.get(app);
    if (!target || !c.env.store.users.get(user)) return c.redirect('/');
    const { signInEndpoint } = target;
    const who = { userId: user, organizationId: organization, method: null, impersonator: null };
    return leadIn(c, openOutside(c.env, { ...who, signInEndpoint }));
  })
  .get('/_mock/impersonate', (c) => {
    const { app = '', user = '', impersonator: email = '', reason = '' } = c.req.query();
    const target = c.env.apps.get(app);
    const person = c.env.store.users.get(user);
    if (!target || !person || !email) return c.redirect('/');
    const { organizationId } = whoFrom(c.env, person);
    const signIn = {
      userId: user,
      organizationId,
      method: 'Impersonation',
      impersonator: { email, reason: reason || null },
      signInEndpoint: target.signInEndpoint,
    } as const;
    return leadIn(c, openOutside(c.env, signIn));
  })
  .get('/_mock/begin', (c) => {
    const signIn = c.env.store.outsideSignIns.get(c.req.query('id') ?? '');
    return signIn ? leadIn(c, signIn) : c.redirect('/');
  })
  .get('/_mock/seed', (c) =>
    c.body(`${JSON.stringify(exportSeed(c.env.store), null, 2)}\n`, {
      headers: { 'content-type': 'application/json' },
    }),
  )
  .get('/_mock/stream', (c) =>
    streamSSE(c, async (stream) => {
      const stop = c.env.log.onChange(() => void stream.writeSSE({ event: 'change', data: '' }));
      await new Promise<void>((resolve) => stream.onAbort(resolve));
      stop();
    }),
  )
  .post('/_mock/:name{.+}', async (c) => {
    const name = c.req.param('name');
    if (!c.req.header('content-type')?.startsWith('application/json')) {
      return c.json({ message: 'The control API takes application/json.' }, 415);
    }
    if (!Object.hasOwn(operations, name)) {
      const message = `There is no operation "${name}"; there are: ${Object.keys(operations).join(', ')}.`;
      return c.json({ message }, 404);
    }
    try {
      const { run } = operations[name as keyof Operations];
      const body: unknown = await c.req.json();
      const result = await run(c.env, body, originOf(c));
      if (!READS.has(name)) c.env.log.changed();
      return c.json(result);
    } catch (error) {
      if (error instanceof ErrorResponse) return c.json(error.body, error.status);
      return c.json({ message: `${name}: ${(error as Error).message}` }, 400);
    }
  });

function operation<T extends z.ZodType, R>(
  schema: T,
  perform: (env: Environment, body: z.output<T>, origin: string) => R,
) {
  return {
    run: (env: Environment, body: unknown, origin: string): R => {
      const result = schema.safeParse(body);
      if (!result.success) {
        const [issue] = result.error.issues;
        const path = issue?.path.join('.');
        throw badRequest(`${path ? `${path}: ` : ''}${issue?.message}`);
      }
      return perform(env, result.data, origin);
    },
  };
}

/** Somebody by e-mail address, in an organization that they are an active member of: the first unless it is named. */
function whoFrom(
  env: Environment,
  { email, organization: name }: { email: string; organization?: string },
): { user: User; organizationId: string | null } {
  const { store } = env;
  const user = store.users.find('email', email.toLowerCase());
  if (!user) throw badRequest(`Nobody has the e-mail address "${email}".`);
  const memberships = activeMemberships(env, user.id);
  if (!name) return { user, organizationId: memberships[0]?.organizationId ?? null };
  const organization = findOrganization(store, name);
  if (!organization) throw badRequest(`There is no organization "${name}".`);
  if (!memberships.some((m) => m.organizationId === organization.id)) {
    throw badRequest(`${email} is not an active member of "${organization.name}".`);
  }
  return { user, organizationId: organization.id };
}

function sessionWith(env: Environment, id: string): Session {
  const session = env.store.sessions.get(id);
  if (!session) throw badRequest(`There is no session "${id}".`);
  return session;
}
