// ask/api-keys — https://workos.com/docs/authkit/api-keys
import { bearerError, unavailable } from './api-error';
import type { Caller } from './require-permission';
import { workosFor } from './workos';

/** For how long an answer of WorkOS is believed, in milliseconds: so long does a revoked key still work. */
const BELIEVED = 30_000;
/** How many answers are kept in an isolate; the oldest leave first. */
const MOST_KEYS = 1_000;

// By the hash of the key: what is in memory is worth nothing to who reads it.
const answers = new Map<string, { until: number; caller: Caller | null }>();

/** Whether a bearer credential is an API key rather than an access token, and can be one at all. */
export function looksLikeApiKey(credential: string): boolean {
  return /^sk_\w{8,128}$/.test(credential);
}

/**
 * Checks an API key that one of your customers made. What cannot be a key is refused without asking WorkOS, and so is what
 * was asked for a moment ago: a validation takes some 200 ms.
 *
 * @param value From the `Authorization` header.
 * @returns The organization that owns the key, and the key's permissions.
 * @throws ApiError 401 for an unknown or revoked key, 503 when WorkOS does not answer.
 */
export async function validateApiKey(value: string, env: Env): Promise<Caller> {
  const hash = await sha256(`${env.WORKOS_CLIENT_ID} ${value}`);
  const now = Date.now();
  let answer = answers.get(hash);
  if (!answer || answer.until <= now) {
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
      caller: apiKey && { userId, organizationId, role: null, permissions },
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

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
