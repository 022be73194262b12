// nextjs/validate-api-key — https://github.com/workos/authkit-nextjs#validate-an-api-key
import { apiKeyOwner } from './validate-api-key';

/** A public API for customers' programs: no session, no cookie, an API key of their organization. */
export async function GET(): Promise<Response> {
  const owner = await apiKeyOwner().catch(() => 'unavailable' as const);
  if (owner === 'unavailable') {
    const headers = { 'retry-after': '5' };
    return Response.json({ message: 'Try again in a moment.' }, { status: 503, headers });
  }
  if (!owner) {
    const headers = { 'www-authenticate': 'Bearer' };
    return Response.json({ message: 'Not a valid API key.' }, { status: 401, headers });
  }
  if (!owner.permissions.includes('posts:read')) {
    return Response.json({ message: 'This key may not read posts.' }, { status: 403 });
  }
  return Response.json(owner);
}
