// nextjs/validate-api-key, ask/api-keys — https://github.com/workos/authkit-nextjs#validate-an-api-key
import { createHash } from 'node:crypto';
import { validateApiKey } from '@workos-inc/authkit-nextjs';
import { headers } from 'next/headers';

/** Whom an API key of a customer speaks for. */
export interface ApiKeyOwner {
  organizationId: string;
  permissions: string[];
}

/** How long a valid key is believed without asking again, in milliseconds: so long may a revoked one live on. */
export const BELIEVED = 10_000;
const MOST_REMEMBERED = 1_000;

/** By a hash: a heap dump of this process has no keys in it. */
const remembered = new Map<string, { owner: ApiKeyOwner; until: number }>();

/**
 * Checks the API key of a request, `Authorization: Bearer sk_…`. What cannot be a key costs no call to WorkOS.
 *
 * @returns Its owner; null for a key that is missing, malformed, unknown or revoked.
 * @throws The SDK's exceptions when WorkOS does not answer: answer 503 then, not 401.
 */
export async function apiKeyOwner(): Promise<ApiKeyOwner | null> {
  const authorization = (await headers()).get('authorization') ?? '';
  const [, key] = /^Bearer (sk_\w{8,200})$/.exec(authorization) ?? [];
  if (!key) return null;
  const hash = createHash('sha256').update(key).digest('base64');
  const known = remembered.get(hash);
  if (known && Date.now() < known.until) return known.owner;
  remembered.delete(hash);
  const { apiKey } = await validateApiKey();
  if (!apiKey) return null;
  const { owner: by, permissions } = apiKey;
  const owner = { organizationId: by.type === 'user' ? by.organizationId : by.id, permissions };
  const [oldest] = remembered.keys();
  if (remembered.size >= MOST_REMEMBERED && oldest) remembered.delete(oldest);
  remembered.set(hash, { owner, until: Date.now() + BELIEVED });
  return owner;
}
