import { html } from 'hono/html';
import { HTTPException } from 'hono/http-exception';
import { ApiError, unavailable } from './api-error';
import type { AppContext } from './env';
import { forLog } from './for-log';
import { page, wantsPage } from './page';
import { isWorkosError } from './workos';

/**
 * Turns whatever was thrown into an answer: JSON for a program, a page that names the next step for a person. What went
 * wrong inside goes to the log and not to the client.
 */
export function answerError(thrown: Error, c: AppContext): Response | Promise<Response> {
  const error = translate(thrown);
  if (error.status >= 500) console.error(forLog(error.cause ?? error));
  for (const [name, value] of Object.entries(error.headers)) c.header(name, value);
  c.header('cache-control', 'no-store');
  if (!wantsPage(c)) return c.json({ error: error.error, message: error.message }, error.status);
  const next =
    c.req.path.endsWith('/callback') || error.status === 401
      ? html`<a href="/login">Sign in again</a>`
      : c.req.method === 'GET'
        ? html`<a href="${c.req.path}">Try again</a>`
        : // A link cannot send the form again.
          html`<a href="/me">Go back to your account</a>`;
  const content = html`<p>${next} or go to the <a href="/">start page</a>.</p>`;
  return c.html(page(c, error.message, content), error.status);
}

/** WorkOS may be in a hurry, or may not answer; the rest is a mistake of this Worker. */
function translate(error: Error): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof HTTPException && error.status < 500) {
    return new ApiError(error.status as 400, 'refused', 'This request was refused.');
  }
  if (isWorkosError(error, 429)) {
    const { retryAfter } = error as Error & { retryAfter?: number | null };
    const headers = { 'retry-after': String(retryAfter ?? 5) };
    return new ApiError(503, 'unavailable', 'Too much at once. Try again in a moment.', headers, {
      cause: error,
    });
  }
  const { status } = error as Error & { status?: number };
  // The SDK wraps a connection that failed into an error without a status.
  const isNetwork = error.message.startsWith('Unexpected error:') && error.cause instanceof Error;
  if (isNetwork || status === 408 || (status !== undefined && status >= 500)) {
    return unavailable(error);
  }
  return new ApiError(500, 'internal', 'Something went wrong here.', {}, { cause: error });
}
