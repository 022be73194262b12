// ask/api-keys — https://workos.com/docs/authkit/api-keys
import { ApiError, bearerError, unavailable } from './api-error';
import type { Caller } from './require-permission';
import { workosFor } from './workos';

/** For how long an answer of WorkOS is believed, in milliseconds: so long does a revoked key still work. */
const BELIEVED = 30_000;
/** How many answers are kept in an isolate; the oldest leave first. */
const MOST_KEYS = 1_000;
/** About how many keys that were not good a moment ago an isolate asks WorkOS in a second. */
const MOST_UNKNOWN = 20;

// By the hash of the key: what is in memory is worth nothing to who reads it.
const answers = new Map<string, { until: number; caller: Caller | null }>();
let unknown = { second: 0, count: 0 };

/** Whether a bearer credential is an API key rather than an access token, and can be one at all. */
export function looksLikeApiKey(credential: string): boolean {
  return /^sk_\w{8,128}$/.test(credential);
}

/**
 * Checks an API key that one of your customers made. What cannot be a key is refused without asking WorkOS, and so is what
 * was asked for a moment ago: a validation takes some 200 ms.
 *
 * Each new made-up key is a call all the same, of the 6,000 a minute that WorkOS takes from this Worker: beyond them nobody could
 * sign in. So an isolate asks about a few in a second, and a key that was good goes on. During a flood that is a 429 for a key
 * that comes for the first time, and Cloudflare runs many isolates: a limit for one sender belongs in front, Cloudflare's rate
 * limiting rules.
 *
 * @param value From the `Authorization` header.
 * @returns The organization that owns the key, and the key's permissions.
 * @see https://workos.com/docs/reference/rate-limits
 * @throws ApiError 401 for an unknown or revoked key, 429 for one of too many, 503 when WorkOS does not answer.
 */
export async function validateApiKey(value: string, env: Env): Promise<Caller> {
  const hash = await sha256(`${env.WORKOS_CLIENT_ID} ${value}`);
  const now = Date.now();
  let answer = answers.get(hash);
  if (!answer || answer.until <= now) {
    if (!answer?.caller) countUnknown(now);
    const workos = await workosFor(env);
    const { apiKey } = await workos.apiKeys.createValidation({ value }).catch((error: unknown) => {
      throw unavailable(error);
    });
    const organizationId =
      apiKey && (apiKey.owner.type === 'user' ? apiKey.owner.organizationId : apiKey.owner.id);
    const userId = apiKey?.owner.type === 'user' ? apiKey.owner.id : null;
    const permissions = apiKey?.permissions ?? [];
    answer = {
      until: now + BELIEVED,
      caller: apiKey && { via: 'key', userId, organizationId, role: null, permissions },
    };
    answers.delete(hash);
    answers.set(hash, answer);
    for (const oldest of answers.keys()) {
      if (answers.size <= MOST_KEYS) break;
      answers.delete(oldest);
    }
  }
  if (!answer.caller) throw bearerError(401, 'invalid_token', 'The API key is unknown or revoked');
  return answer.caller;
}

/** Refuses what is too much for one second. */
function countUnknown(now: number): void {
  const second = Math.trunc(now / 1_000);
  if (second !== unknown.second) unknown = { second, count: 0 };
  if (++unknown.count <= MOST_UNKNOWN) return;
  const message = 'Too many unknown API keys. Try again in a moment.';
  throw new ApiError(429, 'too_many_requests', message, { 'retry-after': '1' });
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
