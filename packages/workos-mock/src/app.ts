import { Hono, type MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { matchedRoutes } from 'hono/route';
import type { StatusCode } from 'hono/utils/http-status';
import { pause } from './clock.ts';
import { control } from './control.ts';
import { type Endpoint, endpoints } from './endpoints.ts';
import { type AppContext, type AppTypes, type Environment, originOf } from './environment.ts';
import { ConnectionDropped, ErrorResponse } from './errors.ts';
import { describeEffect, type FaultEffect, type FaultTarget } from './faults.ts';
import { inspectorPage } from './pages/inspector.ts';
import { answerOnce } from './idempotency.ts';
import { randomString } from './ids.ts';
import { readFields } from './request-body.ts';
import { withoutSecrets } from './request-log.ts';
import { adminPortal } from './routes/admin-portal.ts';
import { apiKeys } from './routes/api-keys.ts';
import { authenticate } from './routes/authenticate.ts';
import { authorize } from './routes/authorize.ts';
import { device } from './routes/device.ts';
import { directorySync } from './routes/directory-sync.ts';
import { environmentSettings } from './routes/environment-settings.ts';
import { events } from './routes/events.ts';
import { featureFlags } from './routes/feature-flags.ts';
import { hostedPages, pageHeaders } from './routes/hosted-pages.ts';
import { invitations } from './routes/invitations.ts';
import { jwks } from './routes/jwks.ts';
import { magicAuth } from './routes/magic-auth.ts';
import { mfa } from './routes/mfa.ts';
import { organizationDomains } from './routes/organization-domains.ts';
import { organizationMemberships } from './routes/organization-memberships.ts';
import { organizations } from './routes/organizations.ts';
import { passwordReset } from './routes/password-reset.ts';
import { permissions } from './routes/permissions.ts';
import { roles } from './routes/roles.ts';
import { sessions } from './routes/sessions.ts';
import { sso } from './routes/sso.ts';
import { users } from './routes/users.ts';
import { widgets } from './routes/widgets.ts';
import { vault } from './routes/vault.ts';
import { webhooks } from './routes/webhooks.ts';
import { allowCors, refreshCookieName } from './session-cookies.ts';
import { sessionOfRefreshToken } from './sessions.ts';
import { answerUnknown } from './unknown-endpoint.ts';

const known: ReadonlySet<string> = new Set(endpoints);

/** Endpoints that browsers and public clients call: they bring no API key. */
const PUBLIC: ReadonlySet<Endpoint> = new Set<Endpoint>([
  'GET /user_management/authorize',
  'POST /user_management/authenticate',
  'POST /user_management/authorize/device',
  'GET /sso/jwks/:clientId',
  'GET /user_management/:clientId/.well-known/openid-configuration',
  'GET /user_management/sessions/logout',
  // These check the client secret, the code verifier or the profile's own token themselves.
  'GET /sso/authorize',
  'POST /sso/token',
  'GET /sso/profile',
]);

/** What single-page apps call, from another origin. */
const CALLED_BY_PAGES = new Set([
  '/user_management/authenticate',
  '/user_management/sessions/logout',
]);

/** Writes every request to the log, strikes it with the faults that are due, and asks for the API key. */
const atTheDoor: MiddlewareHandler<AppTypes> = async (c, next) => {
  const startedAt = performance.now();
  const env = c.env;
  const endpoint = endpointOf(c);
  const fields = await readFields(c).catch(() => ({}) as Record<string, unknown>);
  const target = endpoint && targetOf(c, endpoint, fields);
  const effects = target ? env.faults.take(target) : [];
  let thrown: unknown;
  try {
    if (await strikeBefore(c, effects)) return;
    if (endpoint && !PUBLIC.has(endpoint)) checkApiKey(c);
    await next();
    await strikeAfter(c, effects);
  } catch (error) {
    thrown = error;
    throw error;
  } finally {
    const url = new URL(c.req.url);
    // What a route throws is in c.error; what this very function throws has not been answered yet.
    const cause = thrown ?? c.error;
    const error = cause instanceof ErrorResponse ? cause : undefined;
    env.log.add({
      at: env.clock.iso(),
      method: c.req.method,
      path: url.pathname + url.search,
      endpoint,
      body: withoutSecrets(fields),
      status: ConnectionDropped.is(cause) ? 0 : (error?.status ?? c.res.status),
      error: error ? String(error.body.code ?? error.body.error ?? '') || null : null,
      userId: target?.userId ?? null,
      milliseconds: performance.now() - startedAt,
      fault: effects.length > 0 ? effects.map(describeEffect).join(', ') : null,
    });
  }
};

/** `Idempotency-Key` at the endpoints that take an API key; a code or a refresh token is good once, whoever repeats the request. */
const idempotent: MiddlewareHandler<AppTypes> = async (c, next) => {
  const key = c.req.header('idempotency-key');
  const endpoint = endpointOf(c);
  if (c.req.method !== 'POST' || !key || !endpoint || PUBLIC.has(endpoint)) return next();
  return answerOnce(c.env, `${c.req.path} ${key}`, async () => {
    await next();
    return c.res;
  });
};

/** Numbers every answer, as WorkOS does: what the exceptions of its SDKs carry for a support request. */
const withRequestId: MiddlewareHandler<AppTypes> = async (c, next) => {
  // Before the answer is made: afterwards it would be copied for one more header.
  c.header('X-Request-ID', crypto.randomUUID());
  await next();
};

/** The whole API as one Hono app. It is made once; each mock hands its own state to it with every request. */
export const app = new Hono<AppTypes>()
  .get('/', (c) => {
    const nonce = randomString(20);
    c.header('Cache-Control', 'no-store');
    c.header(
      'Content-Security-Policy',
      `default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'; connect-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'`,
    );
    return c.html(inspectorPage(c.env, originOf(c), nonce));
  })
  .get('/favicon.ico', (c) => c.body(null, 204))
  .get('/health', (c) => c.json({ status: 'ok' }))
  .route('/', control)
  .use(withRequestId)
  .use(atTheDoor)
  .use(idempotent)
  .use('/user_management/authorize', pageHeaders)
  .use('/sso/authorize', pageHeaders)
  .route('/', authorize)
  .route('/', hostedPages)
  .route('/', device)
  .route('/', authenticate)
  .route('/', jwks)
  .route('/', sessions)
  .route('/', users)
  .route('/', magicAuth)
  .route('/', passwordReset)
  .route('/', organizationMemberships)
  .route('/', invitations)
  .route('/', organizations)
  .route('/', organizationDomains)
  .route('/', roles)
  .route('/', permissions)
  .route('/', environmentSettings)
  .route('/', apiKeys)
  .route('/', featureFlags)
  .route('/', adminPortal)
  .route('/', widgets)
  .route('/', sso)
  .route('/', directorySync)
  .route('/', mfa)
  .route('/', vault)
  .route('/', webhooks)
  .route('/', events)
  .notFound((c) => {
    const { method, path, url } = c.req;
    const { status, body } = answerUnknown(method, path + new URL(url).search);
    if (status === 501) c.env.log.addMissing(method, path);
    return c.json(body, status);
  })
  .onError((error, c) => {
    if (error instanceof ErrorResponse) return c.json(error.body, error.status, error.headers);
    // A dropped connection is for the server to carry out; anything else is a mistake in the mock.
    throw error;
  });

/** Answers one request on behalf of one mock. */
export async function handle(request: Request, env: Environment): Promise<Response> {
  return app.fetch(request, env);
}

function endpointOf(c: AppContext): Endpoint | null {
  const route = matchedRoutes(c).findLast(({ method }) => method === c.req.method);
  const name = route && `${route.method} ${route.path}`;
  return name && known.has(name) ? (name as Endpoint) : null;
}

/** Who and what a request is about, as far as a fault may ask: by whatever of its query, body and path names somebody. */
function targetOf(c: AppContext, endpoint: Endpoint, fields: Record<string, unknown>): FaultTarget {
  const env = c.env;
  const { store } = env;
  const asked: Record<string, unknown> = { ...c.req.query(), ...fields };
  const named = (name: string) => {
    const value = asked[name];
    return typeof value === 'string' ? value : '';
  };
  const withEmail = (email: string) => store.users.find('email', email.toLowerCase())?.id;
  const session =
    store.sessions.get(named('session_id')) ?? sessionOfRefreshToken(env, named('refresh_token'));
  const userId =
    session?.userId ??
    store.codes.get(named('code'))?.userId ??
    store.ssoGrants.get(named('code'))?.userId ??
    store.pendingAuthentications.get(named('pending_authentication_token'))?.userId ??
    store.deviceAuthorizations.get(named('device_code'))?.approvedBy?.userId ??
    store.emailedSecrets.find('secret', named('token'))?.userId ??
    withEmail(named('email')) ??
    withEmail(named('login_hint')) ??
    userInPath(c) ??
    (named('user_id') || undefined);
  // A browser's cookie goes with whatever it asks for: it says who only where nothing else does.
  const carried =
    session || userId
      ? session
      : sessionOfRefreshToken(env, getCookie(c, refreshCookieName(env)) ?? '');
  return {
    endpoint,
    grantType: named('grant_type') || null,
    userId: userId ?? carried?.userId ?? null,
    sessionId: carried?.id ?? null,
  };
}

/** Whose id a path has, or whose membership, factor, code or key it names. */
function userInPath(c: AppContext): string | undefined {
  const { users, memberships, authFactors, authChallenges, emailedSecrets, apiKeys } = c.env.store;
  for (const id of c.req.path.split('/')) {
    if (users.get(id)) return id;
    const factorId = authChallenges.get(id)?.factorId ?? id;
    const owned =
      memberships.get(id) ?? authFactors.get(factorId) ?? emailedSecrets.get(id) ?? apiKeys.get(id);
    if (owned?.userId) return owned.userId;
  }
  return undefined;
}

function checkApiKey(c: AppContext): void {
  const key = c.req.header('authorization')?.replace(/^Bearer\s+/i, '');
  if (key === c.env.store.settings.apiKey) return;
  throw new ErrorResponse(401, { message: 'Unauthorized' });
}

/** What strikes instead of the answer; true when the request is over. */
async function strikeBefore(c: AppContext, effects: FaultEffect[]): Promise<boolean> {
  for (const effect of effects) {
    if (effect.kind === 'delay') {
      await pause(effect.milliseconds);
    } else if (effect.kind === 'drop' && !effect.after) {
      throw new ConnectionDropped();
    } else if (effect.kind === 'fail') {
      const body = effect.body ?? { message: `Fault: ${effect.status}` };
      const isText = typeof body === 'string';
      const headers = new Headers({
        'content-type': isText ? 'text/html; charset=utf-8' : 'application/json',
        // WorkOS says how long to wait, in seconds.
        ...(effect.status === 429 && { 'retry-after': '1' }),
      });
      for (const [name, value] of Object.entries(effect.headers ?? {})) headers.set(name, value);
      // A browser hides an answer without CORS from the page, and its status with it.
      if (CALLED_BY_PAGES.has(c.req.path)) allowCors(c);
      c.status(effect.status as StatusCode);
      c.res = c.body(isText ? body : JSON.stringify(body), { headers });
      return true;
    }
  }
  return false;
}

/** What strikes the answer on its way: the change has taken hold, the caller does not learn of it. */
async function strikeAfter(c: AppContext, effects: FaultEffect[]): Promise<void> {
  for (const effect of effects) {
    if (effect.kind === 'drop' && effect.after) throw new ConnectionDropped();
    if (effect.kind !== 'garble') continue;
    const text = await c.res.text();
    if (effect.as === 'html') {
      c.res = new Response('<!doctype html><title>502 Bad Gateway</title><h1>Bad Gateway</h1>', {
        status: 502,
        headers: { 'content-type': 'text/html; charset=utf-8' },
      });
    } else {
      const cut = effect.as === 'empty' ? '' : text.slice(0, Math.floor(text.length / 2));
      c.res = new Response(cut, { status: c.res.status, headers: c.res.headers });
    }
  }
}
