// node/worker-import, node/confidential-client, trap/worker-env, trap/worker-timeout — https://workos.com/docs/sdks/node
import type { AuthenticationException, WorkOS } from '@workos-inc/node/worker';
import { issuers } from './env';

/**
 * How long WorkOS may take to answer one attempt, in milliseconds; the SDK would wait a minute. The retry after it comes within
 * the ten seconds in which WorkOS takes a used refresh token again: an answer that was lost on its way ends no session.
 */
const TIMEOUT = 5_000;

/** The settings that the client was made with, and the client. */
let shared: { settings: string; client: WorkOS } | undefined;

/**
 * The WorkOS client of this environment, with the API key. It holds no state of any request, only the public keys, so the
 * requests of one isolate share it. Its code runs when it is first asked for: a request that only verifies an access
 * token does without it.
 *
 * Every credential is passed: left out, the SDK looks for it in `process.env`, which holds the bindings or not depending on
 * the compatibility date.
 *
 * @param env The bindings that came with the request.
 * @returns The client of `@workos-inc/node/worker`, with every server method.
 */
export async function workosFor(env: Env): Promise<WorkOS> {
  const options = {
    apiKey: env.WORKOS_API_KEY,
    clientId: env.WORKOS_CLIENT_ID,
    apiHostname: env.WORKOS_API_HOSTNAME,
    port: env.WORKOS_API_PORT ? Number(env.WORKOS_API_PORT) : undefined,
    https: env.WORKOS_API_HTTPS !== 'false',
    issuer: issuers(env),
    // One retry: each waits longer, and somebody waits for this request.
    maxRetries: 1,
    timeout: TIMEOUT,
  };
  const settings = JSON.stringify(options);
  if (shared?.settings === settings) return shared.client;
  const { createWorkOS } = await import('@workos-inc/node/worker');
  const client = createWorkOS(options);
  shared = { settings, client };
  return client;
}

/** Whether WorkOS answered with one of these: its exceptions carry `status`, and `code` or OAuth's `error`. */
export function isWorkosError(error: unknown, ...codes: (number | string)[]): boolean {
  if (!(error instanceof Error)) return false;
  const { status, code, error: oauth } = error as Error & Record<string, unknown>;
  return codes.some((wanted) => [status, code, oauth].includes(wanted));
}

/**
 * Whether a sign-in has one more step to go. What was sent was right, and is used up.
 *
 * @see https://workos.com/docs/reference/authkit/authentication-errors
 */
export function isSignInStep(error: unknown): error is AuthenticationException {
  return error instanceof Error && error.name === 'AuthenticationException';
}
