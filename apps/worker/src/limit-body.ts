import { bodyLimit } from 'hono/body-limit';
import { ApiError } from './api-error';

/** In bytes. WorkOS' own webhooks have some kilobytes, and nothing else that is sent here is larger. */
const LARGEST_BODY = 256 * 1024;

/**
 * Refuses a larger body before it is in memory, whether or not it says how large it is: everybody may send one, and all
 * requests of an isolate have 128 MB together.
 *
 * @see https://developers.cloudflare.com/workers/platform/limits/#memory
 * @throws ApiError 413.
 */
export const limitBody = bodyLimit({
  maxSize: LARGEST_BODY,
  onError: () => {
    throw new ApiError(413, 'too_large', 'The body is too large');
  },
});
