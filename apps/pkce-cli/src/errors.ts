/** What the command's exit codes mean; the README and `--help` show the same table. */
export const exitCodes = {
  failed: 1,
  usage: 2,
  notSignedIn: 3,
  unavailable: 4,
  refused: 5,
  storage: 6,
  timedOut: 7,
} as const;

export type Failure = keyof typeof exitCodes;

/** A failure that a person is told about in one line, and a script by the exit code. */
export class CliError extends Error {
  override name = 'CliError';
  readonly failure: Failure;
  /** What to do next, as a second line. */
  readonly hint: string | undefined;

  constructor(failure: Failure, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.failure = failure;
    this.hint = options.hint;
  }
}

export const SIGN_IN_HINT = 'Run `pkce-cli login`.';

/**
 * Runs a call to WorkOS and names what went wrong with it.
 *
 * @param grant What is exchanged: WorkOS calls a refresh token and a code that are no good the same.
 * @throws CliError `notSignedIn` when the session is over, `refused` when WorkOS says no, `unavailable` for everything that
 *   passes: no network, a time-out, 429, 5xx, an answer that is not WorkOS' own.
 */
export async function callWorkos<T>(
  grant: 'code' | 'refresh token',
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw error instanceof CliError ? error : fromWorkos(error, grant);
  }
}

interface SdkError {
  name?: string;
  status?: number;
  code?: string;
  error?: string;
  errorDescription?: string;
  retryAfter?: number | null;
  message?: string;
}

// Told apart by their fields: importing the SDK's classes would make every start of the command pay for it.
function fromWorkos(cause: unknown, grant: 'code' | 'refresh token'): CliError {
  const { status, code, error, errorDescription, retryAfter, message } = cause as SdkError;
  if (error === 'invalid_grant' && grant === 'code') {
    return new CliError('refused', 'The code is not good for this sign-in.', { cause });
  }
  if (error === 'invalid_grant') {
    return new CliError('notSignedIn', 'Your session is over.', { hint: SIGN_IN_HINT, cause });
  }
  if (code === 'sso_required' || code === 'mfa_enrollment') {
    return new CliError('refused', `This organization asks for another sign-in (${code}).`, {
      hint: 'Run `pkce-cli login --organization ORGANIZATION_ID`.',
      cause,
    });
  }
  if (error === 'organization_membership_not_found') {
    return new CliError('refused', 'You are not an active member of this organization.', { cause });
  }
  if (status === 429) {
    const wait = retryAfter ? ` Try again in ${retryAfter} seconds.` : ' Try again in a minute.';
    return new CliError('unavailable', `WorkOS asks for fewer requests.${wait}`, { cause });
  }
  if (status !== undefined && status >= 400 && status < 500 && status !== 408) {
    const reason = errorDescription ?? message ?? `HTTP ${status}`;
    return new CliError('refused', `WorkOS refused: ${reason.replaceAll('\n', ' ')}`, { cause });
  }
  const reason = status === undefined ? 'no usable answer' : `HTTP ${status}`;
  return new CliError('unavailable', `WorkOS cannot be reached right now (${reason}).`, {
    hint: 'Check the network and try again; you stay signed in.',
    cause,
  });
}

/** The code of a failed system call, e.g. `ENOSPC`. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}
