// react/access-token — https://workos.com/docs/sdks/authkit-react#making-authenticated-api-calls
import type { useAuth } from '@workos-inc/authkit-react';

type GetAccessToken = ReturnType<typeof useAuth>['getAccessToken'];

/** An answer of the API that is not a success. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: number;
  /** What went wrong, for programs, e.g. `missing_permission`. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The API does not answer at all: it is down, its address is wrong, or it does not allow this origin. */
export class ApiUnreachableError extends Error {
  override name = 'ApiUnreachableError';
}

/**
 * Calls the API as the signed-in person.
 *
 * @param getAccessToken From `useAuth()`. It renews a token that is about to expire, so take a new one for every call.
 * @param url For example `https://api.example.com/api/me`.
 * @returns The JSON of the answer; undefined when it has none.
 * @throws LoginRequiredError when the person has to sign in; a transient error of the SDK when the token cannot be renewed
 *   just now (see auth-errors.ts); ApiUnreachableError; ApiError with the API's status, e.g. 403.
 */
export async function callApi<Answer>(
  getAccessToken: GetAccessToken,
  url: string,
  init: RequestInit = {},
): Promise<Answer> {
  let response = await send(url, init, await getAccessToken());
  if (response.status === 401) {
    // Not good enough for the API although not expired, e.g. after a change of keys. A new one is, or nothing is.
    response = await send(url, init, await getAccessToken({ forceRefresh: true }));
  }
  const body = await readJson(response);
  if (!response.ok) {
    const { error = 'unknown', message = `The API answered ${response.status}.` } =
      (body as { error?: string; message?: string } | undefined) ?? {};
    throw new ApiError(response.status, error, message);
  }
  return body as Answer;
}

async function send(url: string, init: RequestInit, accessToken: string): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${accessToken}`);
  try {
    return await fetch(url, { ...init, headers });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ApiUnreachableError(`${new URL(url).origin} does not answer.`, { cause });
  }
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // A gateway's error page instead of an answer.
    throw new ApiError(
      response.status,
      'not_json',
      `The API answered ${response.status} without JSON.`,
    );
  }
}
