// nextjs/dynamic-redirect-uri, trap/localhost-or-127 — https://github.com/workos/authkit-nextjs#optional-configuration
import { z } from 'zod';

const DASHBOARD = 'https://dashboard.workos.com';
const HOST = '[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\\d{1,5})?';
const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[?::1\]?|0\.0\.0\.0)$/i;

/** What each variable must look like; the message says what is wrong and where the right value is found. */
const schema = z.object({
  WORKOS_CLIENT_ID: text(
    /^client_\w+$/,
    `must begin with "client_". Find it at ${DASHBOARD} → Applications`,
  ),
  WORKOS_API_KEY: text(/^sk_\w+$/, `must begin with "sk_". Find it at ${DASHBOARD} → API Keys`),
  WORKOS_COOKIE_PASSWORD: text(
    /^.{32,}$/,
    'must have 32 characters or more. Make one: openssl rand -base64 24',
  ),
  NEXT_PUBLIC_WORKOS_REDIRECT_URI: z
    .string(
      missing('must be the redirect URI of this app, as entered in the dashboard → Redirects'),
    )
    .superRefine((value, context) => {
      const problem = redirectUriProblem(value);
      if (problem) context.addIssue({ code: 'custom', message: problem });
    }),
  WORKOS_API_HOSTNAME: text(
    /^[\w.-]+$/,
    'must be a host name without scheme, port or path, e.g. api.workos.com',
  ).optional(),
  WORKOS_API_PORT: text(/^\d{1,5}$/, 'must be a port number, or empty').optional(),
  WORKOS_API_HTTPS: text(/^(true|false)$/, 'must be "true" or "false"').optional(),
  WORKOS_COOKIE_SAMESITE: text(/^(lax|strict|none)$/, 'must be lax, strict or none').optional(),
  WORKOS_COOKIE_MAX_AGE: text(/^\d+$/, 'must be a number of seconds').optional(),
  WORKOS_COOKIE_NAME: text(/^[\w-]+$/, 'must be letters, digits, - and _').optional(),
  WORKOS_COOKIE_DOMAIN: z.string().optional(),
  ALLOWED_HOSTS: text(
    new RegExp(`^\\s*${HOST}(\\s*,\\s*${HOST})*\\s*$`, 'i'),
    'must be whole host names with commas between, without scheme, path or wildcard, e.g. app.example.com,staging.example.com:8443',
  ).optional(),
});

/**
 * Says what is wrong with the settings of this app.
 *
 * @param env The variables, as in `process.env`.
 * @returns One line a problem: the variable's name, what is wrong, where to find the value. Empty when all is well. A
 *   variable's value is never in it.
 * @see https://github.com/workos/authkit-nextjs#pre-flight
 */
export function environmentProblems(env: NodeJS.ProcessEnv): string[] {
  // An empty line in an env file means the same as no line.
  const filled = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = schema.safeParse(filled);
  const problems = (result.error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')} ${message}.`,
  );
  const { WORKOS_COOKIE_DOMAIN: domain, NEXT_PUBLIC_WORKOS_REDIRECT_URI: uri = '' } = env;
  // A browser drops a cookie of another domain without a word, and the sign-in goes round in circles.
  if (domain && URL.canParse(uri) && !`.${new URL(uri).hostname}`.endsWith(`.${domain}`)) {
    problems.push(
      'WORKOS_COOKIE_DOMAIN must be the host of NEXT_PUBLIC_WORKOS_REDIRECT_URI or a domain above it, without scheme, port or leading dot, e.g. example.com for https://app.example.com/callback.',
    );
  }
  const hostname = env.WORKOS_API_HOSTNAME || 'api.workos.com';
  const isMock = LOOPBACK.test(hostname);
  if (isMock && env.NODE_ENV === 'production' && env.ALLOW_WORKOS_MOCK !== 'true') {
    problems.push(
      'WORKOS_API_HOSTNAME names this machine, where anybody may sign in as anybody: a production server does not run against a mock. Remove it, or set ALLOW_WORKOS_MOCK=true in a test.',
    );
  }
  if (!isMock && env.WORKOS_CLIENT_ID === 'client_mock') {
    problems.push(
      `WORKOS_CLIENT_ID is the mock's, but WORKOS_API_HOSTNAME is ${hostname}. Find yours at ${DASHBOARD} → Applications.`,
    );
  }
  return problems;
}

function redirectUriProblem(value: string): string | undefined {
  if (!URL.canParse(value)) {
    return 'must be an absolute URL, e.g. http://localhost:3000/callback, as entered in the dashboard → Redirects';
  }
  const { protocol, hostname, pathname } = new URL(value);
  // Next.js turns 127.0.0.1 into localhost when it redirects, and browsers share no cookie between the two.
  if (hostname === '127.0.0.1') return 'must say localhost, not 127.0.0.1: cookies are not shared';
  // The verifier cookie is `Secure` only when this is https; the session cookie goes by the request (README, In production).
  if (protocol !== 'https:' && !LOOPBACK.test(hostname)) return 'must be https outside localhost';
  return pathname === '/callback' ? undefined : 'must end in /callback, the route of this app';
}

function text(pattern: RegExp, problem: string) {
  return z.string(missing(problem)).regex(pattern, problem);
}

function missing(problem: string) {
  return { error: `is missing: it ${problem}` };
}
