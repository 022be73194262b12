import type { Context, MiddlewareHandler } from 'hono';
import { ApiError } from './api-error';
import type { Caller } from './require-permission';

/** The bindings of this Worker, and what middleware leaves for the routes. */
export interface AppTypes {
  Bindings: Env;
  Variables: { caller: Caller; secureHeadersNonce?: string };
}
/** One request, with the bindings that it came with: nothing here is read from a global. */
export type AppContext = Context<AppTypes>;

const DASHBOARD = 'https://dashboard.workos.com';
const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[?::1\]?|0\.0\.0\.0)$/i;

const required: Partial<Record<keyof Env, { pattern: RegExp; problem: string }>> = {
  WORKOS_CLIENT_ID: {
    pattern: /^client_\w+$/,
    problem: `must begin with "client_". Find it at ${DASHBOARD} → Applications`,
  },
  WORKOS_API_KEY: {
    pattern: /^sk_\w+$/,
    problem: `must begin with "sk_". Find it at ${DASHBOARD} → API Keys`,
  },
  WORKOS_COOKIE_PASSWORD: {
    pattern: /^.{32,}$/,
    problem: 'must have 32 characters or more. Make one: openssl rand -base64 24',
  },
  WORKOS_WEBHOOK_SECRET: {
    pattern: /^\S{8,}$/,
    problem: `is the signing secret of the webhook endpoint. Find it at ${DASHBOARD} → Webhooks`,
  },
  WORKOS_API_HOSTNAME: {
    pattern: /^[\w.-]+$/,
    problem: 'must be a host name without scheme, port or path, e.g. api.workos.com',
  },
  WORKOS_API_PORT: { pattern: /^\d{0,5}$/, problem: 'must be a port number, or empty' },
  WORKOS_API_HTTPS: { pattern: /^(true|false)$/, problem: 'must be "true" or "false"' },
};

/**
 * Says what is wrong with the bindings.
 *
 * @param env The bindings that came with the request.
 * @param host The host that the request was sent to, without port.
 * @returns One line a problem: the binding's name, what is wrong, where to find the value. Empty when all is well. A value
 *   is never in it.
 */
export function environmentProblems(env: Env, host: string): string[] {
  const problems = Object.entries(required).flatMap(([name, { pattern, problem }]) => {
    const value = env[name as keyof Env] as unknown;
    if (typeof value !== 'string') return [`${name} is missing: it ${problem}.`];
    return pattern.test(value) ? [] : [`${name} ${problem}.`];
  });
  const unreadable = list(env.CORS_ORIGINS).filter(
    (origin) => !URL.canParse(origin) || new URL(origin).origin !== origin,
  );
  if (unreadable.length > 0) {
    problems.push('CORS_ORIGINS must be origins such as https://app.example.com, with commas.');
  }
  const isMock = LOOPBACK.test(env.WORKOS_API_HOSTNAME ?? '');
  if (isMock && !LOOPBACK.test(host)) {
    problems.push(
      'WORKOS_API_HOSTNAME names a local machine, where anybody may sign in as anybody: a deployed Worker does not use a mock.',
    );
  }
  if (!isMock && env.WORKOS_CLIENT_ID === 'client_mock') {
    problems.push(
      `WORKOS_CLIENT_ID is the mock's, WORKOS_API_HOSTNAME is not. Find yours at ${DASHBOARD}.`,
    );
  }
  return problems;
}

// A Worker has no start: the check runs with the first request, and once for each set of bindings.
const checked = new WeakMap<Env, string[]>();

/**
 * Answers every request with 500 while a binding is missing or malformed. The names are in the answer, so that whoever sees
 * it can say what is wrong; where to find the values is in the log alone.
 */
export const checkEnvironment: MiddlewareHandler<AppTypes> = async (c, next) => {
  let problems = checked.get(c.env);
  if (!problems) {
    problems = environmentProblems(c.env, new URL(c.req.url).hostname);
    checked.set(c.env, problems);
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) {
      console.error(
        'In development: copy .dev.vars.example to .dev.vars and fill it in. In production: wrangler secret put NAME.',
      );
    }
  }
  if (problems.length === 0) return next();
  const names = problems.map((problem) => problem.split(' ')[0]).join(', ');
  throw new ApiError(500, 'misconfigured', `This Worker is not set up: see ${names} in its log.`);
};

/**
 * The address of the WorkOS API, e.g. `https://api.workos.com`.
 *
 * @see https://workos.com/docs/reference
 */
export function workosOrigin(env: Env): string {
  const scheme = env.WORKOS_API_HTTPS === 'false' ? 'http' : 'https';
  return `${scheme}://${env.WORKOS_API_HOSTNAME}${env.WORKOS_API_PORT && `:${env.WORKOS_API_PORT}`}`;
}

/**
 * Who may have issued an access token: this client at the WorkOS API, and where `WORKOS_ISSUERS` says so (a custom
 * authentication domain has an issuer of its own).
 */
export function issuers(env: Env): string[] {
  const own = `${workosOrigin(env)}/user_management/${env.WORKOS_CLIENT_ID}`;
  return [own, ...list(env.WORKOS_ISSUERS)];
}

/** The values of a binding that lists several, separated by commas. */
export function list(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}
