// nextjs/validate-api-key, ask/api-keys — https://github.com/workos/authkit-nextjs#validate-an-api-key
import { createHash } from 'node:crypto';
import { validateApiKey } from '@workos-inc/authkit-nextjs';
import type { ApiKey } from '@workos-inc/node';
import { headers } from 'next/headers';

/** Whom an API key of a customer speaks for. */
export interface ApiKeyOwner {
  organizationId: string;
  permissions: string[];
}

/** How long an answer is believed without asking again, in milliseconds: so long may a revoked key live on. */
export const BELIEVED = 10_000;
const MOST_REMEMBERED = 1_000;

/** By a hash: a heap dump of this process has no keys in it. */
const remembered = new Map<string, { owner: ApiKeyOwner | null; until: number }>();

/**
 * Checks the API key of a request, `Authorization: Bearer sk_…`. What cannot be a key costs no call to WorkOS, and neither does
 * a key that was asked for a moment ago. Each new made-up key does, and WorkOS limits calls: limit them by address in front of
 * this server, as Vercel's firewall and others can.
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
  const owner = apiKey && ownerOf(apiKey);
  const [oldest] = remembered.keys();
  if (remembered.size >= MOST_REMEMBERED && oldest) remembered.delete(oldest);
  remembered.set(hash, { owner, until: Date.now() + BELIEVED });
  return owner;
}

function ownerOf({ owner, permissions }: ApiKey): ApiKeyOwner {
  return { organizationId: owner.type === 'user' ? owner.organizationId : owner.id, permissions };
}
